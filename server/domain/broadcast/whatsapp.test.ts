import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createContact, createList } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { resolveAttempts } from '#server/domain/delivery/resolve.ts';
import { settlePrices } from '#server/domain/ledger/settle.ts';
import { createTemplate } from '#server/domain/template/create.ts';
import { refreshTemplate } from '#server/domain/template/refresh.ts';
import { submitTemplate } from '#server/domain/template/submit.ts';
import { twilioClient, watched } from '#server/twilio/client.ts';
import { openWindow } from '#server/twilio/simulator/whatsapp/window.ts';
import { cancelBroadcast } from './cancel.ts';
import { createBroadcast } from './create.ts';
import { duplicateBroadcast } from './duplicate.ts';
import { eventually, pipeline } from './pipeline.fixture.ts';
import { previewBroadcast } from './preview.ts';
import { broadcastProgress } from './progress.ts';
import { readBroadcast } from './read.ts';
import { resumeBroadcast } from './resume.ts';
import { sendBroadcast } from './send.ts';
import type { CreateBroadcastInput } from './schema.ts';
import { testSend } from './test-send.ts';
import { updateBroadcast } from './update.ts';

const { db, simulator, organization: connected } = await pipeline();
const WORDS = 'Hi {{firstName}}, your order {{order.trackingNumber}} has left our house and will be with you soon.';
const HOUR = 3_600;

async function organization(request: Parameters<typeof connected>[0] = {}) {
  const { ctx, account } = await connected({ whatsApp: true, ...request });
  simulator.state.config.byAccount.set(account.accountSid, { resultMix: {} });
  return { ctx, account, sender: account.whatsAppSenders[0]!.senderId };
}
type Account = Awaited<ReturnType<typeof organization>>['account'];

async function approvedTemplate(ctx: Context, values: { category?: 'utility' | 'marketing'; name?: string; body?: string; fallback?: string } = {}) {
  const { id } = await createTemplate(ctx, {
    name: values.name ?? 'order_shipped', category: values.category ?? 'utility', content: { type: 'text', body: values.body ?? WORDS },
    variables: { firstName: { sample: 'Ann', fallback: values.fallback ?? '' }, 'order.trackingNumber': { sample: 'TN-1', fallback: '' } },
  });
  await submitTemplate(ctx, { id });
  return eventually(async () => { const version = await refreshTemplate(ctx, { id }); return version.status === 'approved' && version; }, 'the approval');
}

type Someone = { phone: string; firstName?: string | null; data?: Record<string, unknown>; wroteAgo?: number };
const people = (count: number, from: number, more: Partial<Someone> = {}) => Array.from({ length: count }, (_, i): Someone => ({ phone: `+1202555${from + i}`, firstName: `P${i}`, data: { order: { trackingNumber: `TN-${i}` } }, ...more }));

async function draftTo(ctx: Context, sender: string, whom: Someone[], values: Partial<CreateBroadcastInput>) {
  const list = await createList(ctx.db, ctx.organizationId);
  for (const { phone, firstName = 'Ann', data, wroteAgo } of whom) {
    const contact = await createContact(ctx.db, ctx.organizationId, { phone, firstName });
    await addMember(ctx.db, ctx.organizationId, list.id, contact.id, data);
    if (wroteAgo !== undefined) await wrote(ctx, sender, phone, wroteAgo);
  }
  return createBroadcast(ctx, { broadcastName: 'Shipped', channel: 'whatsapp', senderPhone: sender, recipientMethod: 'lists', selectedLists: [list.slug], ...values });
}

/** A person's last message came so many seconds ago, here and at Meta. */
async function wrote(ctx: Context, sender: string, phone: string, secondsAgo: number) {
  await inSystem(db, (tx) => tx.execute(sql`insert into conversation (organization_id, channel, sender, recipient, last_inbound_at)
    values (${ctx.organizationId}, 'whatsapp', ${sender}, ${`whatsapp:${phone}`}, clock_timestamp() - make_interval(secs => ${secondsAgo}))`));
  openWindow(simulator.state, sender, `whatsapp:${phone}`, simulator.state.clock.now() - secondsAgo * 1_000);
}

const posts = ({ accountSid }: Account) => simulator.state.journal.entries(accountSid, 0, 10_000);
const settled = (ctx: Context, id: string) => eventually(async () => { const b = await readBroadcast(ctx, { id }); return b.status === 'sent' && b.counts.queued + b.counts.sending + b.counts.sent === 0 && b; }, 'all receipts');
const deliveriesOf = async (ctx: Context, id: string) => (await listDeliveries(ctx, { id, ps: 200 })).data;

test('P62-P66, P69-P72: of a mixed audience each gets the right kind, as the preview said it', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  const whom = [
    ...people(3, 1100, { wroteAgo: HOUR }), ...people(2, 1200, { wroteAgo: 24 * HOUR - 10 }), ...people(2, 1300, { wroteAgo: 25 * HOUR }), ...people(3, 1400), ...people(2, 1500, { data: {} }),
  ];
  const draft = await draftTo(ctx, sender, whom, { content: 'Still here, {{firstName}}?', mediaUrls: ['https://acme.app/parcel.jpg'], templateSid: contentSid!, templateVariables: { 1: '{{contact.firstName}}', 2: '{{order.trackingNumber}}' } });
  const preview = await previewBroadcast(ctx, draft);
  expect(preview).toMatchObject({ total: 12, insideWindow: 3, outsideWindow: 9, recipients: 10 });
  expect(preview.waterfall.filter(({ count }) => count < 0)).toEqual([expect.objectContaining({ key: 'missingVariable', count: -2 })]);
  expect(new Set(preview.samples.map(({ method }) => method))).toEqual(new Set(['freeform', 'template', null]));
  expect(preview.checks.filter(({ status }) => status === 'block')).toEqual([]);
  await sendBroadcast(ctx, { id: draft.id });
  await settled(ctx, draft.id);
  const found = await deliveriesOf(ctx, draft.id);
  const kinds = Object.fromEntries(found.map(({ recipient, method, status, errorReason }) => [recipient.slice(-4, -2), method ?? `${status}: ${errorReason}`]));
  expect(kinds).toEqual({ 11: 'freeform', 12: 'template', 13: 'template', 14: 'template', 15: 'skipped: Text has a blank for this person' });
  const sent = posts(account);
  expect(sent).toHaveLength(10);
  expect(sent.find(({ to }) => to === 'whatsapp:+12025551100')).toMatchObject({ from: sender, body: 'Still here, P0?' });
  const message = [...simulator.state.messages.all()].find(({ to }) => to === 'whatsapp:+12025551401')!;
  expect(message).toMatchObject({ body: 'Hi P1, your order TN-1 has left our house and will be with you soon.', serviceSid: null, template: expect.objectContaining({ contentSid }) });
});

test('D4, D14: free-form only skips who is outside; marketing skips the US; both are counted before and never posted', async () => {
  const { ctx, account, sender } = await organization();
  const free = await draftTo(ctx, sender, [...people(1, 2100, { wroteAgo: HOUR }), ...people(2, 2200)], { content: 'Hi {{firstName}}' });
  expect((await previewBroadcast(ctx, free)).waterfall.map(({ key, count }) => [key, count])).toEqual([['members', 3], ['outsideWindow', -2], ['recipients', 1]]);
  await sendBroadcast(ctx, { id: free.id });
  await settled(ctx, free.id);
  expect((await deliveriesOf(ctx, free.id)).filter(({ status }) => status === 'skipped').map(({ errorReason }) => errorReason)).toEqual(['More than 24 hours since their last message', 'More than 24 hours since their last message']);
  const { contentSid } = await approvedTemplate(ctx, { category: 'marketing', name: 'spring_sale' });
  const promo = await draftTo(ctx, sender, [...people(2, 2300), ...people(1, 2400, { phone: '+442079460958' })], { templateSid: contentSid! });
  expect((await previewBroadcast(ctx, promo)).waterfall.map(({ key, count }) => [key, count])).toEqual([['members', 3], ['marketingNotDelivered', -2], ['recipients', 1]]);
  await sendBroadcast(ctx, { id: promo.id });
  await settled(ctx, promo.id);
  expect(posts(account).map(({ to }) => to).toSorted()).toEqual(['whatsapp:+12025552100', 'whatsapp:+442079460958']);
});

test('P6, P48, P49: what is not approved, unmapped or misnumbered is refused by its code, and nothing reaches Twilio', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  const draft = await createTemplate(ctx, { name: 'not_yet', category: 'utility', content: { type: 'text', body: WORDS }, variables: { firstName: { sample: 'Ann', fallback: '' }, 'order.trackingNumber': { sample: 'T', fallback: '' } } });
  const waiting = await submitTemplate(ctx, { id: draft.id });
  let seen = 0;
  for (const [values, code] of [
    [{ templateSid: waiting.contentSid! }, 'template_not_approved'], [{ templateSid: 'HXabcdef...' }, 'template_not_approved'], [{ templateSid: contentSid!, templateVariables: { 1: '{{firstName}}' } }, 'template_variable_unmapped'],
    [{ templateSid: contentSid!, templateVariables: { name: '{{firstName}}' } }, 'validation_failed'], [{ templateSid: contentSid!, templateVariables: { 1: 'a', 2: 'b', 3: 'c' } }, 'validation_failed'], [{}, 'validation_failed'],
  ] as const) {
    const { id } = await draftTo(ctx, sender, people(1, 3100 + (seen += 1)), values);
    await expect(sendBroadcast(ctx, { id })).rejects.toMatchObject({ code, status: 422 });
  }
  expect(posts(account)).toEqual([]);
});

test('P68, D11: beyond the tier people wait and say until when, and go when the day has moved', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  simulator.state.whatsAppSenders.get(sender)!.messagingLimit = 3;
  await inSystem(db, (tx) => tx.execute(sql`update sender set messaging_limit = 3 where organization_id = ${ctx.organizationId} and address = ${sender}`));
  const draft = await draftTo(ctx, sender, people(5, 4100), { templateSid: contentSid! });
  expect((await previewBroadcast(ctx, draft)).checks.find(({ code }) => code === 'tier')).toMatchObject({ status: 'warn', detail: expect.stringContaining('2 people wait') });
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => posts(account).length === 3, 'the first three');
  const waiting = await eventually(async () => { const progress = await broadcastProgress(ctx, draft); return progress.limit === 'tier' && progress; }, 'the wait');
  expect(waiting.held).toEqual([expect.objectContaining({ reason: 'tier', count: 2 })]);
  expect(Date.parse(waiting.held[0]!.until) - Date.now()).toBeGreaterThan(23.9 * HOUR * 1_000);
  expect((await readBroadcast(ctx, draft)).status).toBe('sending');
  // A day later.
  simulator.state.reached.delete(account.accountSid);
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update sender_reach set initiated_at = initiated_at - interval '24 hours 2 minutes', last_at = last_at - interval '1 minute' where organization_id = ${ctx.organizationId}`);
    await tx.execute(sql`update delivery_retry set due_at = clock_timestamp() where organization_id = ${ctx.organizationId}`);
    await tx.execute(sql`select graphile_worker.add_job('dispatch-sender', json_build_object('organizationId', organization_id, 'paceId', pace_id)) from broadcast where id = ${draft.id}`);
  });
  const done = await settled(ctx, draft.id);
  expect(done.counts.delivered + done.counts.read).toBe(5);
  expect(posts(account)).toHaveLength(5);
});

test('P68: many beyond the tier are put aside ahead of the pace, each with a day of its own', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  await inSystem(db, (tx) => tx.execute(sql`update sender set messaging_limit = 4 where organization_id = ${ctx.organizationId} and address = ${sender}`));
  const draft = await draftTo(ctx, sender, [...people(60, 8100), ...people(3, 8200, { wroteAgo: HOUR })], { templateSid: contentSid! });
  await sendBroadcast(ctx, { id: draft.id });
  const { held, secondsLeft } = await eventually(async () => { const progress = await broadcastProgress(ctx, draft); return progress.held[0]?.count === 56 && progress; }, 'all aside');
  // Those inside of their window are answers and take no room.
  await eventually(async () => posts(account).length === 7, 'the others');
  expect(held).toEqual([expect.objectContaining({ reason: 'tier' })]);
  expect(secondsLeft! / (24 * HOUR)).toBeGreaterThan(13.9);
  expect(secondsLeft! / (24 * HOUR)).toBeLessThan(14.1);
});

test('63018 makes a person wait instead of failing; the second try delivers', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  simulator.state.whatsAppSenders.get(sender)!.messagingLimit = 2; // Meta counts otherwise than we do
  const draft = await draftTo(ctx, sender, people(3, 5100), { templateSid: contentSid! });
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => (await broadcastProgress(ctx, draft)).held.some(({ reason }) => reason === 'tier'), 'the wait');
  expect((await readBroadcast(ctx, draft)).counts).toMatchObject({ failed: 0, undelivered: 0 });
  simulator.state.whatsAppSenders.get(sender)!.messagingLimit = 250;
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update sender_reach set last_at = last_at - interval '1 minute' where organization_id = ${ctx.organizationId}`);
    await tx.execute(sql`update delivery_retry set due_at = clock_timestamp() where organization_id = ${ctx.organizationId}`);
    await tx.execute(sql`select graphile_worker.add_job('dispatch-sender', json_build_object('organizationId', organization_id, 'paceId', pace_id)) from broadcast where id = ${draft.id}`);
  });
  const done = await settled(ctx, draft.id);
  expect(done.counts.delivered + done.counts.read).toBe(3);
  expect(posts(account)).toHaveLength(4);
});

test('who came back and opts out, or whose broadcast is stopped, stays with what Twilio said; nothing more is sent', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  simulator.state.whatsAppSenders.get(sender)!.messagingLimit = 1;
  const draft = await draftTo(ctx, sender, people(3, 5500), { templateSid: contentSid! });
  await sendBroadcast(ctx, { id: draft.id });
  const waiting = await eventually(async () => { const found = await ctx.transaction((tx) => rows<{ seq: number; contact: string }>(tx, sql`select d.seq, d.contact_id as contact from delivery_retry r join broadcast_delivery d using (broadcast_id, seq) where broadcast_id = ${draft.id} order by 1`)); return found.length === 2 && found; }, 'two who wait');
  await updateContact(ctx, { id: waiting[0]!.contact, optedOut: true });
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update delivery_retry set due_at = clock_timestamp() where broadcast_id = ${draft.id} and seq = ${waiting[0]!.seq}`);
    await tx.execute(sql`select graphile_worker.add_job('dispatch-sender', json_build_object('organizationId', organization_id, 'paceId', pace_id)) from broadcast where id = ${draft.id}`);
  });
  const failed = (count: number) => eventually(async () => (await readBroadcast(ctx, draft)).counts.undelivered === count, `${count} undelivered`);
  await failed(1);
  expect((await readBroadcast(ctx, draft)).status).toBe('sending');
  await cancelBroadcast(ctx, draft);
  await failed(2);
  expect((await deliveriesOf(ctx, draft.id)).map(({ status, errorCode }) => (status === 'undelivered' ? errorCode : 'arrived')).toSorted()).toEqual([63018, 63018, 'arrived']);
  expect(posts(account)).toHaveLength(3);
});

test('63016 although the window looked open: once more, as template, and never a third time', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  const draft = await draftTo(ctx, sender, people(2, 6100, { wroteAgo: HOUR }), { content: 'Hi {{firstName}}', templateSid: contentSid! });
  openWindow(simulator.state, sender, 'whatsapp:+12025556100', null); // Meta sees it otherwise
  await sendBroadcast(ctx, { id: draft.id });
  const again = await eventually(async () => posts(account).length === 3 && posts(account), 'the template');
  expect(again.filter(({ to }) => to === 'whatsapp:+12025556100')).toHaveLength(2);
  await settled(ctx, draft.id);
  expect((await deliveriesOf(ctx, draft.id)).map(({ recipient, method, status }) => [recipient.slice(-4), method, ['delivered', 'read'].includes(status)]).toSorted()).toEqual([['6100', 'template', true], ['6101', 'freeform', true]]);
  expect(posts(account)).toHaveLength(3);
  // Each of the three messages is in the ledger with its own price, the refused one too.
  const truth = () => [...simulator.state.messages.all()].filter(({ accountSid }) => accountSid === account.accountSid);
  simulator.state.clock.advance(60);
  await eventually(async () => truth().every(({ price }) => price !== null), 'prices at Twilio');
  await settlePrices(ctx);
  await settlePrices(ctx);
  const sum = truth().reduce((total, { price }) => total + Math.round(Number(price) * -1e6), 0);
  const [ledger] = await ctx.transaction((tx) => rows<{ n: number; amount: string; rows: string }>(tx, sql`
    select count(distinct sid)::int as n, sum(amount)::text as amount, (select sum(price)::text from broadcast_delivery where broadcast_id = ${draft.id}) as rows from ledger_entry where organization_id = ${ctx.organizationId}`));
  expect(ledger).toEqual({ n: 3, amount: (sum / 1e6).toFixed(6), rows: (sum / 1e6).toFixed(6) });
});

test('I21: a template that is paused in the middle stops the broadcast, which goes on by itself when it is approved again', async () => {
  const { ctx, account, sender } = await organization();
  const { id, contentSid } = await approvedTemplate(ctx);
  await inSystem(db, (tx) => tx.execute(sql`update pace set lowered_to = 4 where organization_id = ${ctx.organizationId} and meter = ${sender}`));
  const draft = await draftTo(ctx, sender, people(30, 7100), { templateSid: contentSid! });
  await sendBroadcast(ctx, { id: draft.id });
  await eventually(async () => posts(account).length >= 2, 'the first messages');
  const decide = (status: string) => fetch(`${simulator.url}/_sim/approvals`, { method: 'POST', body: JSON.stringify({ sid: contentSid, status }) });
  await decide('paused');
  await refreshTemplate(ctx, { id });
  const held = await readBroadcast(ctx, draft);
  expect(held).toMatchObject({ status: 'paused', waitsFor: 'template', statusReason: expect.stringContaining('paused') });
  await expect(resumeBroadcast(ctx, draft)).rejects.toMatchObject({ code: 'invalid_state' });
  await decide('approved');
  await inSystem(db, (tx) => tx.execute(sql`update pace set lowered_to = null where organization_id = ${ctx.organizationId} and meter = ${sender}`));
  await refreshTemplate(ctx, { id });
  const done = await settled(ctx, draft.id);
  expect(done.counts.delivered + done.counts.read + done.counts.undelivered + done.counts.failed).toBe(30);
  const [attempts] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from attempt where broadcast_id = ${draft.id} and method <> 'template'`));
  expect(attempts!.n).toBe(0);
});

test('P1: a test send goes as it would reach each number; a copy and a version of the draft keep template and files', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  const values = { content: 'Hi {{firstName}}', mediaUrls: ['https://acme.app/parcel.jpg'], templateSid: contentSid!, templateVariables: { 1: '{{firstName}}', 2: 'TN' } };
  const draft = await draftTo(ctx, sender, people(1, 9100), values);
  await wrote(ctx, sender, '+12025559201', HOUR);
  const { testId } = await testSend(ctx, { id: draft.id, numbers: ['+12025559201', '+12025559202'] });
  await settled(ctx, testId);
  expect((await deliveriesOf(ctx, testId)).map(({ recipient, method }) => [recipient, method]).toSorted()).toEqual([['whatsapp:+12025559201', 'freeform'], ['whatsapp:+12025559202', 'template']]);
  expect(posts(account)).toHaveLength(2);
  expect(await duplicateBroadcast(ctx, draft)).toMatchObject(values);
  await updateBroadcast(ctx, { id: draft.id, content: '', mediaUrls: [], templateSid: null, templateVariables: null });
  expect(await readBroadcast(ctx, draft)).toMatchObject({ content: '', mediaUrls: [], templateSid: null, templateVariables: null });
  const [kept] = await ctx.transaction((tx) => rows<{ draft: object }>(tx, sql`select snapshot->'draft' as draft from broadcast_version where broadcast_id = ${draft.id} order by version desc limit 1`));
  expect(kept!.draft).toMatchObject({ mediaUrls: [] });
});

test('D12: an attempt without an answer is found by recipient, sender and words; another text is no proof, and nothing is ever sent again', async () => {
  const { ctx, account, sender } = await organization();
  const { contentSid } = await approvedTemplate(ctx);
  const draft = await draftTo(ctx, sender, people(3, 9300), { templateSid: contentSid! });
  await inSystem(db, (tx) => tx.execute(sql`update pace set halted_until = now() + interval '1 hour' where organization_id = ${ctx.organizationId}`));
  await sendBroadcast(ctx, { id: draft.id });
  const words = (i: number) => `Hi P${i}, your order TN-${i} has left our house and will be with you soon.`;
  const before = new Date().toISOString();
  // Of the first Twilio knows these words, of the second others, of the third nothing.
  const client = twilioClient({ accountSid: account.accountSid, username: account.apiKeySid, password: account.apiKeySecret });
  for (const [i, name] of [[0, 'P0'], [1, 'Somebody else']] as const) {
    await watched(5_000, () => client.messages.create({ to: `whatsapp:+1202555930${i}`, from: sender, contentSid: contentSid!, contentVariables: JSON.stringify({ 1: name, 2: `TN-${i}` }) }));
  }
  const tokens = [0, 1, 2].map(() => ctx.randomToken());
  await inSystem(db, async (tx) => {
    for (const [i, token] of tokens.entries()) await tx.execute(sql`
      insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, content_sid, segments, method, estimate, sender, state, worker_id, intent_at, lease_until, check_at, checks)
      select d.organization_id, ${token}, d.broadcast_id, d.seq, 1, b.pace_id, ${account.accountSid}, d.recipient, ${words(i)}, ${contentSid}, 1, 'template', 0.009, ${sender}, 'uncertain', 'dead', ${before}::timestamptz, clock_timestamp() + interval '1 second', clock_timestamp(), 2
      from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id where d.broadcast_id = ${draft.id} and d.recipient = ${`whatsapp:+1202555930${i}`}`);
    await tx.execute(sql`update broadcast set claimed_seq = total where id = ${draft.id}`);
  });
  await resolveAttempts(ctx, { workerId: 'test' });
  const attempts = await inSystem(db, (tx) => rows<{ state: string; held: boolean }>(tx, sql`select state, check_at is null as held from attempt where broadcast_id = ${draft.id} order by recipient`));
  expect(attempts).toEqual([{ state: 'accepted', held: true }, { state: 'uncertain', held: true }, { state: 'uncertain', held: true }]);
  expect(posts(account)).toHaveLength(2);
});
