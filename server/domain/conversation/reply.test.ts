import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createContact } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { conversations } from '#db/schema/index.ts';
import type { ChannelId } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { createContext } from '#server/context.ts';
import { eventually, pipeline, still } from '#server/domain/broadcast/pipeline.fixture.ts';
import { listBroadcasts } from '#server/domain/broadcast/list.ts';
import { startWorker } from '#jobs/start-worker.ts';
import { readDelivery } from '#server/domain/delivery/read.ts';
import { searchDeliveries } from '#server/domain/delivery/search.ts';
import { spendBreakdown } from '#server/domain/ledger/breakdown.ts';
import { usageHistory } from '#server/domain/ledger/history.ts';
import { settlePrices } from '#server/domain/ledger/settle.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { refreshTemplate } from '#server/domain/template/refresh.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { openWindow } from '#server/twilio/simulator/whatsapp/window.ts';
import { readThread } from './read-thread.ts';
import { reply } from './reply.ts';
import { writeAnswer } from './write-answer.ts';

const { db, url, simulator, organization: connected } = await pipeline();
const posts = (accountSid: string) => simulator.state.journal.entries(accountSid, 0, 1_000).map(({ to, from, body }) => ({ to, from, body }));
let person = 8_000;

type Start = { channel?: ChannelId; contact?: boolean; wroteAgo?: number | null; optedOut?: boolean };

/** An organisation and somebody who wrote to it so many seconds ago. */
async function conversation({ channel = 'sms', contact = true, wroteAgo = 60, optedOut = false }: Start = {}) {
  const { ctx, account } = await connected({ whatsApp: true });
  simulator.state.config.byAccount.set(account.accountSid, { resultMix: {} });
  const phone = `+1202555${person++}`;
  const [sender, recipient] = channel === 'sms' ? [account.numbers[0]!.phoneNumber, phone] : [account.whatsAppSenders[0]!.senderId, `whatsapp:${phone}`];
  const contactId = contact ? (await createContact(db, ctx.organizationId, { phone, optedOut })).id : null;
  const at = wroteAgo === null ? null : new Date(Date.now() - wroteAgo * 1_000);
  if (at && channel === 'whatsapp') openWindow(simulator.state, sender, recipient, simulator.state.clock.now() - wroteAgo! * 1_000);
  const [row] = await inSystem(db, (tx) => tx.insert(conversations).values({ organizationId: ctx.organizationId, channel, sender, recipient, contactId, lastInboundAt: at, lastMessageAt: at, unread: 2 }).returning());
  return { ctx, account, id: row!.id, sender, recipient, phone, contactId };
}

const delivered = (ctx: Context, id: string, ...wanted: string[]) => eventually(async () => {
  const { messages } = await readThread(ctx, { conversationId: id });
  const last = messages.at(-1);
  return last?.delivery && (wanted.length > 0 ? wanted : ['delivered', 'read']).includes(last.delivery.status) && last;
}, `the answer to be ${wanted.join(' or ') || 'delivered'}`, 20_000);

test('P70, P17: an answer goes out once, from the sender to which they wrote, exactly as it was typed', async () => {
  const { ctx, account, id, sender, recipient } = await conversation();
  const text = 'Hi {{firstName}}, 50% {% off %}';
  const { messageId, deliveryId } = await reply(ctx, { conversationId: id, text });
  const shown = await delivered(ctx, id);
  expect(shown).toMatchObject({ id: messageId, kind: 'message', direction: 'outbound', body: text, author: { name: expect.any(String) }, delivery: { id: deliveryId, status: 'delivered', sid: expect.stringMatching(/^SM/), errorReason: null } });
  await still(() => posts(account.accountSid).length);
  expect(posts(account.accountSid)).toEqual([{ to: recipient, from: sender, body: text }]);
  expect((await readThread(ctx, { conversationId: id })).conversation.unread).toBe(0);
});

test('somebody without a contact is answered, and so is a number that its contact has no more', async () => {
  const stranger = await conversation({ contact: false });
  await reply(stranger.ctx, { conversationId: stranger.id, text: 'Who is it?' });
  await delivered(stranger.ctx, stranger.id);
  const moved = await conversation();
  await inSystem(db, (tx) => tx.execute(sql`update contact set phone = '+12025557999' where id = ${moved.contactId}`));
  await reply(moved.ctx, { conversationId: moved.id, text: 'Still you?' });
  await delivered(moved.ctx, moved.id);
  expect(posts(moved.account.accountSid)).toMatchObject([{ to: moved.recipient }]);
});

test('P41: whoever opted out gets no answer: refused before, and skipped with its reason when STOP comes before the dispatch', async () => {
  const gone = await conversation({ optedOut: true });
  await expect(reply(gone.ctx, { conversationId: gone.id, text: 'Hello' })).rejects.toMatchObject({ code: 'opted_out', status: 422 });
  expect((await readThread(gone.ctx, { conversationId: gone.id })).blocked).toMatchObject({ code: 'opted_out' });
  const late = await conversation();
  await halted(late.ctx, async () => {
    await reply(late.ctx, { conversationId: late.id, text: 'Hello' });
    await inSystem(db, (tx) => tx.execute(sql`update contact set opted_out = true where id = ${late.contactId}`));
  });
  expect(await delivered(late.ctx, late.id, 'skipped')).toMatchObject({ delivery: { reason: 'opted_out', errorReason: 'Opted out. They can return by texting START.', sid: null } });
  expect(posts(late.account.accountSid)).toEqual([]);
});

/** No dispatcher may claim from the senders of the organisation until `work` is done. */
async function halted(ctx: Context, work: () => Promise<void>) {
  await inSystem(db, (tx) => tx.execute(sql`update pace set next_at = (extract(epoch from clock_timestamp()) + 3) * 1000 where organization_id = ${ctx.organizationId}`));
  await work();
}

test('P72: at 23:54:59 free text is taken, at 23:55:00 only a template: the margin of the window counts for answers', async () => {
  const inside = await conversation({ channel: 'whatsapp', wroteAgo: 86_100 - 5 });
  await reply(inside.ctx, { conversationId: inside.id, text: 'Just in time' });
  expect(await delivered(inside.ctx, inside.id)).toMatchObject({ body: 'Just in time' });
  for (const wroteAgo of [86_100, 86_400, null]) {
    const outside = await conversation({ channel: 'whatsapp', wroteAgo });
    await expect(reply(outside.ctx, { conversationId: outside.id, text: 'Too late' })).rejects.toMatchObject({ code: 'outside_24h_window', status: 422 });
    expect((await readThread(outside.ctx, { conversationId: outside.id })).blocked).toMatchObject({ code: 'outside_24h_window' });
  }
});

test('a window that closes between the answer and its dispatch: nothing goes out, the bubble says why, and it can be written again', async () => {
  const { ctx, account, id } = await conversation({ channel: 'whatsapp' });
  await halted(ctx, async () => {
    await reply(ctx, { conversationId: id, text: 'Hello' });
    await inSystem(db, (tx) => tx.execute(sql`update conversation set last_inbound_at = now() - interval '1 day' where id = ${id}`));
  });
  expect(await delivered(ctx, id, 'skipped')).toMatchObject({ delivery: { reason: 'outside_24h_window', errorReason: 'More than 24 hours since their last message. WhatsApp allows only approved templates now.' } });
  expect(posts(account.accountSid)).toEqual([]);
});

test('an answer that a fault or the budget holds ends: the bubble says what held it, and nothing goes out when the fault is over', async () => {
  const { ctx, account, id } = await conversation();
  await halted(ctx, async () => {
    await reply(ctx, { conversationId: id, text: 'Hello' });
    await inSystem(db, (tx) => tx.execute(sql`update broadcast set status = 'paused', status_reason = 'The monthly budget is reached.' where organization_id = ${ctx.organizationId}`));
  });
  expect(await delivered(ctx, id, 'skipped')).toMatchObject({ delivery: { status: 'skipped', reason: 'answer_held', errorReason: 'The monthly budget is reached.' } });
  expect(posts(account.accountSid)).toEqual([]);
  await reply(ctx, { conversationId: id, text: 'Once more' });
  await delivered(ctx, id);
  expect(posts(account.accountSid)).toMatchObject([{ body: 'Once more' }]);
});

test('P34: the same key is the same answer, also twice at once; another text under it is refused', async () => {
  const { ctx, account, id } = await conversation();
  const input = { conversationId: id, text: 'Once', idempotencyKey: 'key-of-the-answer' };
  const [one, two] = await Promise.all([reply(ctx, input), reply(ctx, input)]);
  expect(two).toEqual(one);
  expect(await reply(ctx, input)).toEqual(one);
  await expect(reply(ctx, { ...input, text: 'Other' })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  await delivered(ctx, id);
  await still(() => posts(account.accountSid).length);
  expect(posts(account.accountSid)).toHaveLength(1);
});

test('an answer is no broadcast: it stands in no list and counts for no cap; log and ledger have it, with the way to its conversation', async () => {
  const { ctx, id, contactId } = await conversation();
  const { deliveryId } = await reply(ctx, { conversationId: id, text: 'Hello' });
  await delivered(ctx, id);
  simulator.state.clock.advance(120);
  await settlePrices(ctx);
  expect((await listBroadcasts(ctx, {})).total).toBe(0);
  expect((await searchDeliveries(ctx, {})).data).toMatchObject([{ id: deliveryId, broadcastName: 'Answer', contactId, status: 'delivered' }]);
  expect((await readDelivery(ctx, { id: deliveryId })).origin).toMatchObject({ purpose: 'reply', conversationId: id });
  const { data: [entry] } = await usageHistory(ctx, {});
  expect(entry).toMatchObject({ deliveryId });
  expect((await spendBreakdown(ctx, {})).besides).toMatchObject([{ kind: 'answers', handed: 1, delivered: 1, settled: entry!.amount }]);
  expect((await readThread(ctx, { conversationId: id })).messages.at(-1)!.delivery!.cost).toEqual({ value: entry!.amount, unit: 'USD' });
  const [reach] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from contact_reach where organization_id = ${ctx.organizationId}`));
  expect(reach!.n).toBe(0);
});

test('P69: outside of the window an approved template goes out, with values that are meant as they stand', async () => {
  const { ctx, account, id } = await conversation({ channel: 'whatsapp', wroteAgo: 200_000 });
  const { id: templateId } = await createTemplate(ctx, { name: 'order_shipped', category: 'utility', content: { type: 'text', body: 'Hi {{firstName}}, your order has left our house and will be with you soon.' }, variables: { firstName: { sample: 'Ann', fallback: '' } } });
  await submitTemplate(ctx, { id: templateId });
  const { contentSid } = await eventually(async () => { const version = await refreshTemplate(ctx, { id: templateId }); return version.status === 'approved' && version; }, 'the approval');
  const template = { conversationId: id, templateSid: contentSid! };
  await expect(reply(ctx, { ...template, text: 'and a text' })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(reply(ctx, { ...template, templateVariables: { 1: ' ' } })).rejects.toMatchObject({ status: 422 });
  await expect(reply(ctx, { ...template, templateSid: `HX${'0'.repeat(32)}` })).rejects.toMatchObject({ code: 'template_not_approved' });
  await reply(ctx, { ...template, templateVariables: { 1: 'Ann {{lastName}}' } });
  expect(await delivered(ctx, id)).toMatchObject({ body: 'Hi Ann {{lastName}}, your order has left our house and will be with you soon.' });
  expect(posts(account.accountSid)).toHaveLength(1);
});

test('P42: who opted out and asks for HELP gets it, and nothing else', async () => {
  const { ctx, account, id, sender, recipient } = await conversation({ optedOut: true });
  const { broadcastId } = await ctx.transaction((tx) => writeAnswer(tx, ctx, { conversationId: id, text: 'Acme {{Outdoor}}: reply STOP to leave.', purpose: 'help', authorId: null, ruleId: null }));
  expect(await delivered(ctx, id)).toMatchObject({ author: null, delivery: { id: `${broadcastId}-1` } });
  expect(posts(account.accountSid)).toEqual([{ to: recipient, from: sender, body: 'Acme {{Outdoor}}: reply STOP to leave.' }]);
  expect((await readThread(ctx, { conversationId: id })).conversation.unread).toBe(2);
});

test('P34: with two workers and many answers at once each goes out once', async () => {
  const second = await startWorker({ databaseUrl: url, concurrency: 4, sweepEvery: 300 });
  try {
    const { ctx, account, id, sender, phone } = await conversation();
    const others = await Promise.all(Array.from({ length: 8 }, async () => (await inSystem(db, (tx) => tx.insert(conversations).values({ organizationId: ctx.organizationId, channel: 'sms', sender, recipient: `+1202556${person++}` }).returning()))[0]!.id));
    for (const conversationId of [id, ...others]) await reply(ctx, { conversationId, text: `To ${conversationId}` });
    for (const conversationId of [id, ...others]) await delivered(ctx, conversationId);
    await still(() => posts(account.accountSid).length);
    expect(posts(account.accountSid).map(({ body }) => body).toSorted()).toEqual([id, ...others].map((each) => `To ${each}`).toSorted());
    expect(posts(account.accountSid).filter(({ to }) => to === phone)).toHaveLength(1);
  } finally { await second.stop(); }
});

test('P27, P12: without an agreement 402, from a suspended sender 422, below support 403; nothing is kept', async () => {
  const { ctx, id, sender } = await conversation();
  const viewer = createContext(db, ctx.organizationId, { kind: 'user', userId: (ctx.actor as { userId: string }).userId, role: 'viewer', address: null });
  await expect(reply(viewer, { conversationId: id, text: 'Hello' })).rejects.toMatchObject({ code: 'forbidden' });
  await inSystem(db, (tx) => tx.execute(sql`update sender set registration = 'suspended' where organization_id = ${ctx.organizationId} and address = ${sender}`));
  await expect(reply(ctx, { conversationId: id, text: 'Hello' })).rejects.toMatchObject({ code: 'sender_not_registered' });
  await inSystem(db, (tx) => tx.execute(sql`delete from agreement_acceptance where organization_id = ${ctx.organizationId}`));
  await expect(reply(ctx, { conversationId: id, text: 'Hello' })).rejects.toMatchObject({ code: 'agreement_required', status: 402 });
  await expect(reply(ctx, { conversationId: id, text: ' ' })).rejects.toMatchObject({ status: 402 });
  const [kept] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select (select count(*) from chat_message where organization_id = ${ctx.organizationId}) + (select count(*) from broadcast where organization_id = ${ctx.organizationId}) as n`));
  expect(Number(kept!.n)).toBe(0);
});
