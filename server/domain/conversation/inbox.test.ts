import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization, createSender, createUser, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { assignConversation, listColleagues } from './assign.ts';
import { closeConversation } from './close.ts';
import { listConversations } from './list.ts';
import { markRead } from './mark-read.ts';
import { writeNote } from './note.ts';
import { deleteQuickReply, listQuickReplies, saveQuickReply } from './quick-replies.ts';
import { readThread } from './read-thread.ts';
import { snoozeConversation } from './snooze.ts';
import { startConversation } from './start.ts';
import { watchInbox } from './watch.ts';

const { db } = await testDatabase();
const OURS = '+14155551234';

async function organization() {
  const { id, owner } = await createOrganization(db);
  const sender = await createSender(db, id, { address: OURS, isSystem: true });
  return { ctx: createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null }), owner, sender };
}

type Values = Partial<typeof t.conversations.$inferInsert>;
let person = 100;

/** A conversation of which the last message came so many seconds ago. */
async function conversation({ organizationId }: Context, ago: number, values: Values = {}) {
  const at = new Date(Date.now() - ago * 1_000);
  return inSystem(db, async (tx) => (await tx.insert(t.conversations).values({ channel: 'sms', sender: OURS, recipient: `+1202555${String(person++).padStart(4, '0')}`, lastInboundAt: at, lastMessageAt: at, ...values, organizationId }).returning())[0]!);
}
const said = ({ organizationId }: Context, conversationId: string, body: string, values: Partial<typeof t.chatMessages.$inferInsert> = {}) =>
  inSystem(db, async (tx) => (await tx.insert(t.chatMessages).values({ organizationId, conversationId, direction: 'inbound', body, ...values }).returning())[0]!);
const ids = (page: { data: Array<{ id: string }> }) => page.data.map(({ id }) => id);

test('P76: the inbox shows who wrote, newest first, over both channels; each view its part; what nobody wrote in is not there', async () => {
  const { ctx, owner } = await organization();
  const old = await conversation(ctx, 900);
  const recent = await conversation(ctx, 60, { channel: 'whatsapp', sender: `whatsapp:${OURS}`, recipient: 'whatsapp:+12025559000', unread: 2, assignedTo: owner.id });
  const later = await conversation(ctx, 500, { snoozedUntil: new Date(Date.now() + 3_600_000) });
  const back = await conversation(ctx, 700, { snoozedUntil: new Date(Date.now() - 1_000), unread: 1 });
  const done = await conversation(ctx, 300, { closedAt: new Date(), unread: 1 });
  await conversation(ctx, 10, { lastMessageAt: null, lastInboundAt: null });
  const first = await listConversations(ctx, {});
  expect(ids(first)).toEqual([recent.id, back.id, old.id]);
  expect(first).toMatchObject({ total: 3, hasNext: false, unread: 2 });
  expect(first.data[0]).toMatchObject({ channel: 'whatsapp', status: 'open', unread: 2, assignedTo: { id: owner.id }, title: '+12025559000', window: { closesAt: expect.any(String) } });
  expect(first.data[1]!.window).toBeNull();
  const views = { mine: [recent.id], unassigned: [back.id, old.id], snoozed: [later.id], closed: [done.id], all: [recent.id, done.id, later.id, back.id, old.id] } as const;
  for (const [view, wanted] of Object.entries(views)) expect(ids(await listConversations(ctx, { view: view as keyof typeof views })), view).toEqual(wanted);
  expect(ids(await listConversations(ctx, { isUnread: true }))).toEqual([recent.id, back.id]);
  expect(ids(await listConversations(ctx, { isUnread: false, channel: 'sms' }))).toEqual([old.id]);
  expect(ids(await listConversations(ctx, { p: 2, ps: 2 }))).toEqual([old.id]);
});

test('by time left: whose window closes first, then those without an open window, newest first', async () => {
  const { ctx } = await organization();
  const whatsapp = (ago: number, n: number) => conversation(ctx, ago, { channel: 'whatsapp', sender: `whatsapp:${OURS}`, recipient: `whatsapp:+120255580${n}` });
  const [fresh, closing, closed] = [await whatsapp(60, 10), await whatsapp(80_000, 11), await whatsapp(90_000, 12)];
  const sms = await conversation(ctx, 30);
  expect(ids(await listConversations(ctx, { sort: 'time_left' }))).toEqual([closing.id, fresh.id, sms.id, closed.id]);
});

test('the search looks in names, numbers and texts, and takes signs of patterns as they are', async () => {
  const { ctx } = await organization();
  const ann = await createContact(db, ctx.organizationId, { firstName: 'Ann', lastName: 'Lee' });
  const named = await conversation(ctx, 10, { contactId: ann.id });
  const profiled = await conversation(ctx, 20, { profileName: 'Zoë ☀' });
  const spoken = await conversation(ctx, 30, { recipient: '+442079460958' });
  await said(ctx, spoken.id, 'Is the Blue one 100% wool?');
  await said(ctx, spoken.id, '', { kind: 'event', extra: { event: 'closed' }, direction: 'outbound' });
  const searched = async (search: string) => ids(await listConversations(ctx, { search }));
  expect(await searched('lee ann')).toEqual([named.id]);
  expect(await searched('zoë')).toEqual([profiled.id]);
  expect(await searched('blue one')).toEqual([spoken.id]);
  expect(await searched('100%')).toEqual([spoken.id]);
  expect(await searched('1%0')).toEqual([]);
  expect(await searched('20 7946 0958')).toEqual([spoken.id]);
  expect((await listConversations(ctx, { search: 'blue' })).data[0]!.lastMessage).toMatchObject({ text: 'Is the Blue one 100% wool?', kind: 'message' });
});

test('a thread merges what both sides wrote with what broadcasts of the same sender told them, each with where it stands', async () => {
  const { ctx, owner, sender } = await organization();
  const { id, recipient } = await conversation(ctx, 60);
  const handed = new Date(Date.now() - 120_000);
  const [promo, other, answer] = [await createBroadcast(db, ctx.organizationId, { name: 'March', status: 'sent', lastSeq: 2 }), await createBroadcast(db, ctx.organizationId, { name: 'From elsewhere', lastSeq: 1 }), await createBroadcast(db, ctx.organizationId, { name: 'Answer', purpose: 'reply', lastSeq: 1 })];
  await told(ctx, { broadcastId: promo.id, seq: 2, recipient, handedAt: handed, sender: OURS, status: 'delivered', price: '0.0079', priceUnit: 'USD' }, sender.paceId, 'Hi Ann, 20% off');
  await told(ctx, { broadcastId: other.id, seq: 1, recipient, handedAt: handed, sender: '+14155550000', status: 'delivered' }, sender.paceId, 'Not from here');
  await told(ctx, { broadcastId: answer.id, seq: 1, recipient, handedAt: new Date(), sender: OURS, status: 'undelivered', errorCode: 30003 }, sender.paceId, 'Sure');
  await said(ctx, id, 'Still on?', { createdAt: new Date(Date.now() - 60_000), causeBroadcastId: promo.id, media: [{ url: 'https://api.twilio.com/x', contentType: 'image/png' }] });
  await said(ctx, id, 'Sure', { direction: 'outbound', broadcastId: answer.id, authorId: owner.id });
  const { messages, before } = await readThread(ctx, { conversationId: id });
  expect(messages.map(({ kind, body }) => `${kind} ${body}`)).toEqual(['broadcast Hi Ann, 20% off', 'message Still on?', 'message Sure']);
  expect(messages[0]).toMatchObject({ id: `${promo.id}-2`, broadcast: { id: promo.id, name: 'March' }, delivery: { id: `${promo.id}-2`, status: 'delivered', cost: { value: '0.007900', unit: 'USD' } } });
  expect(messages[1]).toMatchObject({ broadcast: { id: promo.id, name: 'March' }, delivery: null, media: [{ url: `/inbox/media/${messages[1]!.id}/0`, contentType: 'image/png' }] });
  expect(messages[2]).toMatchObject({ author: { id: owner.id }, broadcast: null, delivery: { status: 'undelivered', errorCode: 30003, errorReason: expect.stringContaining('Phone was off or out of reach') } });
  expect(before).toBeNull();
});

async function told({ organizationId }: Context, values: Omit<typeof t.deliveries.$inferInsert, 'organizationId'>, paceId: string, body: string) {
  const sid = twilioSid('SM');
  const common = { organizationId, broadcastId: values.broadcastId, seq: values.seq, recipient: values.recipient };
  await inSystem(db, async (tx) => {
    await tx.insert(t.deliveries).values({ ...values, ...common, providerMessageId: sid, method: 'sms', segments: 1 });
    await tx.insert(t.attempts).values({ ...common, token: sid, n: 1, paceId, accountSid: twilioSid('AC'), body, segments: 1, method: 'sms', sender: values.sender!, estimate: '0.0083', state: 'accepted', workerId: 'w', leaseUntil: new Date(), sid });
  });
}

test('a thread is read on into the past without a gap and without a repeat, also where many entries have one moment', async () => {
  const { ctx, sender } = await organization();
  const { id, recipient } = await conversation(ctx, 60);
  const moment = new Date(Date.now() - 60_000);
  const all = new Set<string>();
  for (let i = 0; i < 7; i++) all.add((await said(ctx, id, `m${i}`, { createdAt: i < 5 ? moment : new Date(moment.getTime() + i) })).id);
  for (let i = 0; i < 4; i++) {
    const broadcast = await createBroadcast(db, ctx.organizationId, { lastSeq: 1 });
    await told(ctx, { broadcastId: broadcast.id, seq: 1, recipient, handedAt: moment, sender: OURS, status: 'sent' }, sender.paceId, `b${i}`);
    all.add(`${broadcast.id}-1`);
  }
  const seen: string[] = [];
  for (let before: string | undefined; ;) {
    const page = await readThread(ctx, { conversationId: id, limit: 3, ...(before && { before }) });
    seen.unshift(...page.messages.map((message) => message.id));
    if (page.before === null) break;
    before = page.before;
  }
  expect(seen).toHaveLength(11);
  expect(new Set(seen)).toEqual(all);
  expect(seen).toEqual((await readThread(ctx, { conversationId: id, limit: 100 })).messages.map((message) => message.id));
  await expect(readThread(ctx, { conversationId: id, before: 'nonsense' })).rejects.toMatchObject({ code: 'validation_failed' });
});

test('colleagues assign, close, snooze and mark; the thread keeps who did what, and only those who may answer can get it', async () => {
  const { ctx, owner } = await organization();
  const viewer = await createUser(db, { name: 'Vic' });
  await inSystem(db, (tx) => tx.insert(t.memberships).values({ organizationId: ctx.organizationId, userId: viewer.id, role: 'viewer' }));
  const { id } = await conversation(ctx, 60, { unread: 3 });
  expect(await listColleagues(ctx)).toEqual([{ id: owner.id, name: owner.name }]);
  expect(await assignConversation(ctx, { conversationId: id, userId: owner.id })).toMatchObject({ assignedTo: { id: owner.id } });
  await assignConversation(ctx, { conversationId: id, userId: owner.id });
  await expect(assignConversation(ctx, { conversationId: id, userId: viewer.id })).rejects.toMatchObject({ code: 'validation_failed' });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  expect(await snoozeConversation(ctx, { conversationId: id, until })).toMatchObject({ status: 'snoozed', snoozedUntil: until });
  await expect(snoozeConversation(ctx, { conversationId: id, until: new Date(0).toISOString() })).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await closeConversation(ctx, { conversationId: id, isClosed: true })).toMatchObject({ status: 'closed', unread: 0, snoozedUntil: null });
  expect(await closeConversation(ctx, { conversationId: id, isClosed: false })).toMatchObject({ status: 'open' });
  expect(await markRead(ctx, { conversationId: id, isRead: false })).toMatchObject({ unread: 1 });
  expect(await markRead(ctx, { conversationId: id, isRead: true })).toMatchObject({ unread: 0 });
  await writeNote(ctx, { conversationId: id, text: 'Called them' });
  const { messages, conversation: view } = await readThread(ctx, { conversationId: id });
  expect(messages.map(({ kind, body, extra, author }) => [kind, body || extra['event'], author?.id])).toEqual([
    ['event', 'assigned', owner.id], ['event', 'snoozed', owner.id], ['event', 'closed', owner.id], ['event', 'reopened', owner.id], ['note', 'Called them', owner.id]]);
  expect(messages[0]!.extra).toEqual({ event: 'assigned', to: { id: owner.id, name: owner.name } });
  expect(view.lastMessage).toMatchObject({ kind: 'note', text: 'Called them' });
});

test('a conversation is begun with a contact once per sender, and shows in the inbox when somebody has written', async () => {
  const { ctx } = await organization();
  const { id: contactId } = await createContact(db, ctx.organizationId, { phone: '+12025557777' });
  const { conversationId } = await startConversation(ctx, { contactId, channel: 'sms' });
  expect(await startConversation(ctx, { contactId, channel: 'sms', sender: OURS })).toEqual({ conversationId });
  expect((await readThread(ctx, { conversationId })).conversation).toMatchObject({ sender: OURS, recipient: '+12025557777', contact: { id: contactId }, lastMessage: null });
  expect((await listConversations(ctx, { view: 'all' })).total).toBe(0);
  const { id: mailOnly } = await createContact(db, ctx.organizationId, { phone: null });
  await expect(startConversation(ctx, { contactId: mailOnly, channel: 'sms' })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(startConversation(ctx, { contactId, channel: 'whatsapp' })).rejects.toMatchObject({ code: 'sender_not_found' });
});

test('quick replies have names of their own, whatever their case', async () => {
  const { ctx } = await organization();
  const { id } = await saveQuickReply(ctx, { name: 'Hours', text: 'We are open from 9 to 5.' });
  await saveQuickReply(ctx, { name: 'Address', text: '1 Main Street' });
  await expect(saveQuickReply(ctx, { name: 'hours', text: 'Other' })).rejects.toMatchObject({ code: 'already_exists' });
  await saveQuickReply(ctx, { id, name: 'hours', text: 'Always' });
  expect((await listQuickReplies(ctx)).map(({ name, text }) => `${name}: ${text}`)).toEqual(['Address: 1 Main Street', 'hours: Always']);
  await deleteQuickReply(ctx, { id });
  await expect(deleteQuickReply(ctx, { id })).rejects.toMatchObject({ code: 'not_found' });
});

test('the stream gives a snapshot at once and one when something changed, of the list and of the thread that is open', async () => {
  const { ctx } = await organization();
  const { id } = await conversation(ctx, 60);
  const stop = new AbortController();
  const stream = watchInbox(ctx, { conversationId: id }, stop.signal);
  expect((await stream.next()).value).toMatchObject({ page: { total: 1 }, thread: { messages: [] } });
  await said(ctx, id, 'Anybody there?');
  await inSystem(db, (tx) => tx.update(t.conversations).set({ lastMessageAt: new Date(), updatedAt: new Date() }).where(eq(t.conversations.id, id)));
  expect((await stream.next()).value).toMatchObject({ page: { data: [{ lastMessage: { text: 'Anybody there?' } }] }, thread: { messages: [{ body: 'Anybody there?' }] } });
  stop.abort();
  expect((await stream.next()).done).toBe(true);
});
