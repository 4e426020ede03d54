import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import type { TimelineEntry } from '#server/domain/contact/schema.ts';
import { readTimeline } from '#server/domain/contact/timeline.ts';

const { db } = await testDatabase();
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute));

async function office() {
  const { id, owner } = await createOrganization(db);
  return createContext(db, id, { kind: 'user', userId: owner.id, role: 'marketer', address: null });
}

/** Somebody with one of each kind, a minute apart. */
async function somebody() {
  const ctx = await office();
  const { organizationId } = ctx;
  const contact = await createContact(db, organizationId, { phone: '+12025550101', timeZone: null, consentSource: 'fair', consentAt: at(1), createdAt: at(0) });
  const list = await createList(db, organizationId, { slug: 'news', name: 'News' });
  await addMember(db, organizationId, list.id, contact.id);
  const broadcast = await createBroadcast(db, organizationId, { name: 'March', status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1, startedAt: at(3), createdAt: at(2) });
  await inSystem(db, async (tx) => {
    await tx.update(t.listMembers).set({ addedAt: at(2) });
    await tx.insert(t.deliveries).values({ organizationId, broadcastId: broadcast.id, seq: 1, contactId: contact.id, recipient: contact.phone!, status: 'delivered', providerMessageId: twilioSid('SM'), handedAt: at(4) });
    await tx.insert(t.broadcastResponses).values({ organizationId, broadcastId: broadcast.id, contactId: contact.id, kind: 'reply', createdAt: at(5) });
    await tx.insert(t.activities).values([{ organizationId, contactId: contact.id, kind: 'note', detail: { text: 'Called' }, createdAt: at(6) }, { organizationId, contactId: contact.id, kind: 'opted_out', detail: { source: 'keyword' }, createdAt: at(7) }]);
  });
  return { ctx, contact, broadcast };
}

const titles = (entries: TimelineEntry[]) => entries.map((entry) => `${entry.kind} ${'event' in entry ? entry.event : ''}`.trim());

test('everything about a person stands in one line, newest first, with the zone of their number', async () => {
  const { ctx, contact, broadcast } = await somebody();
  const { data, nextCursor, zone } = await readTimeline(ctx, { contactId: contact.id });
  expect(titles(data)).toEqual(['consent opted_out', 'note note', 'reply', 'message', 'list', 'consent consent', 'import added']);
  expect(data.find(({ kind }) => kind === 'message')).toMatchObject({ at: at(4).toISOString(), deliveryId: `${broadcast.id}-1`, broadcastName: 'March', status: 'delivered', purpose: 'broadcast' });
  expect([nextCursor, zone]).toEqual([null, { name: 'America/New_York', isGuessed: true }]);
});

test('an import stands there instead of the creation that it was, and says when it was undone', async () => {
  const ctx = await office();
  await importContacts(ctx, { csv: 'phone\n+12025550101\n', fileName: 'people.csv', listName: 'Fair' });
  const { contacts: [contact] } = { contacts: await inSystem(db, (tx) => tx.select().from(t.contacts)).then((found) => found.filter((each) => each.organizationId === ctx.organizationId)) };
  const { data } = await readTimeline(ctx, { contactId: contact!.id });
  expect(titles(data)).toEqual(['import made', 'list']);
  expect(data[0]).toMatchObject({ fileName: 'people.csv', isUndone: false });
});

test('paging meets each entry once, however small the page; kinds can be chosen', async () => {
  const { ctx, contact } = await somebody();
  const whole = (await readTimeline(ctx, { contactId: contact.id })).data.map(({ id }) => id);
  const seen: string[] = [];
  for (let cursor: string | undefined, n = 0; n < 20; n++) {
    const page = await readTimeline(ctx, { contactId: contact.id, limit: 2, cursor });
    seen.push(...page.data.map(({ id }) => id));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(whole);
  expect(titles((await readTimeline(ctx, { contactId: contact.id, kinds: ['message', 'reply'] })).data)).toEqual(['reply', 'message']);
});

test('a message to the number while it was somebody else’s is not theirs, and another organisation sees nothing', async () => {
  const { ctx, contact, broadcast } = await somebody();
  await inSystem(db, (tx) => tx.insert(t.deliveries).values({ organizationId: ctx.organizationId, broadcastId: broadcast.id, seq: 2, contactId: crypto.randomUUID(), recipient: '+12025550199', status: 'delivered', providerMessageId: twilioSid('SM'), handedAt: at(8) }));
  const { id } = await createContact(db, ctx.organizationId, { phone: '+12025550199' });
  expect((await readTimeline(ctx, { contactId: id, kinds: ['message'] })).data).toEqual([]);
  await expect(readTimeline(await office(), { contactId: contact.id })).rejects.toMatchObject({ code: 'not_found' });
});

test('what was written stands once: an answer of ours is no broadcast, an answer of theirs no reply beside it, a note of the inbox a note', async () => {
  const { ctx, contact, broadcast } = await somebody();
  const { organizationId } = ctx;
  const answer = await createBroadcast(db, organizationId, { purpose: 'reply', name: 'Answer', status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1 });
  await inSystem(db, async (tx) => {
    await tx.insert(t.deliveries).values({ organizationId, broadcastId: answer.id, seq: 1, contactId: contact.id, recipient: contact.phone!, status: 'delivered', providerMessageId: twilioSid('SM'), handedAt: at(11) });
    const [conversation] = await tx.insert(t.conversations).values({ organizationId, channel: 'sms', sender: '+14155551234', recipient: contact.phone!, contactId: contact.id }).returning();
    const of = { organizationId, conversationId: conversation!.id };
    await tx.insert(t.chatMessages).values([
      { ...of, direction: 'inbound', sid: twilioSid('SM'), body: 'Is it open?', causeBroadcastId: broadcast.id, createdAt: at(10) }, { ...of, direction: 'outbound', body: 'Until six', broadcastId: answer.id, createdAt: at(11) },
      { ...of, direction: 'outbound', kind: 'note', body: 'Regular', createdAt: at(12) }, { ...of, direction: 'outbound', kind: 'event', createdAt: at(13) },
    ]);
    await tx.insert(t.messageEvents).values([{ organizationId, broadcastId: broadcast.id, seq: 1, sid: 'SM1', providerStatus: 'sent', status: 'sent', source: 'callback', receivedAt: at(4) }, { organizationId, broadcastId: broadcast.id, seq: 1, sid: 'SM1', providerStatus: 'delivered', status: 'delivered', source: 'callback', receivedAt: at(5) }]);
  });
  const { data } = await readTimeline(ctx, { contactId: contact.id });
  expect(titles(data)).toEqual(['note note', 'chat', 'chat', 'consent opted_out', 'note note', 'message', 'list', 'consent consent', 'import added']);
  expect(data.filter(({ kind }) => kind === 'chat')).toMatchObject([{ direction: 'outbound', body: 'Until six', status: 'delivered' }, { direction: 'inbound', body: 'Is it open?', broadcastName: 'March' }]);
  expect(data.find(({ kind }) => kind === 'message')).toMatchObject({ events: [{ type: 'sent' }, { type: 'delivered' }] });
});

test('the ledger tells of consent, and nothing twice', async () => {
  const { ctx, contact } = await somebody();
  await updateContact(ctx, { id: contact.id, optedOut: true });
  await updateContact(ctx, { id: contact.id, optedOut: false, consentSource: 'signed up again' });
  const { data } = await readTimeline(ctx, { contactId: contact.id, kinds: ['consent'] });
  expect(titles(data)).toEqual(['consent opted_in', 'consent opted_out', 'consent opted_out']);
  expect(data[0]).toMatchObject({ source: 'staff', words: 'signed up again', by: expect.any(String) });
});
