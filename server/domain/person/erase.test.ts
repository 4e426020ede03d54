import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact as contactRow, createList, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { connect, disconnect, inSystem, rows } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { addMembers } from '#server/domain/audience/add-members.ts';
import { importContacts } from '#server/domain/contact-import/import.ts';
import { createContact } from '#server/domain/contact/create.ts';
import { deleteContact } from '#server/domain/contact/delete.ts';
import { eraseContact, readErasure } from './erase.ts';
import { optedOutAmong } from '#server/domain/opt-out/opted-out-among.ts';
import { recordOptIns } from '#server/domain/opt-out/record.ts';
import { listContacts } from '#server/domain/contact/list.ts';
import { updateContact } from '#server/domain/contact/update.ts';

const { db, url } = await testDatabase();
const phone = '+12025550147';
const confirmation = '0147';

async function office(role: 'owner' | 'marketer' = 'owner') {
  const { id, owner } = await createOrganization(db);
  return createContext(db, id, { kind: 'user', userId: owner.id, role, address: null });
}

/** Somebody with everything that the product can know of a person, in two offices that know the same number. */
async function somebody() {
  const ctx = await office();
  const { organizationId } = ctx;
  await importContacts(ctx, { csv: `phone,first name,email,city\n${phone},Zebedee,zebedee@example.com,Quuxville\n`, fileName: 'fair.csv', listName: 'Fair' });
  const [contact] = (await listContacts(ctx, { search: phone })).data;
  const contactId = contact!.id;
  await updateContact(ctx, { id: contactId, lastName: 'Wobblethorpe', optedOut: true });
  const sender = await createSender(db, organizationId);
  const list = await createList(db, organizationId, { slug: 'vips' });
  await addMember(db, organizationId, list.id, contactId, { parcel: 'Quuxville 7' });
  const sent = await createBroadcast(db, organizationId, { status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1, startedAt: new Date(), senderId: sender.id, paceId: sender.paceId });
  const running = await createBroadcast(db, organizationId, { status: 'sending', total: 1, lastSeq: 1, startedAt: new Date(), senderId: sender.id, paceId: sender.paceId });
  const reply = await createBroadcast(db, organizationId, { purpose: 'reply', name: `Answer to ${phone}`, content: 'Dear Zebedee', status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1, startedAt: new Date(), senderId: sender.id, paceId: sender.paceId });
  const trial = await createBroadcast(db, organizationId, { purpose: 'test', status: 'sent', total: 1, lastSeq: 1, claimedSeq: 1, startedAt: new Date(), senderId: sender.id, paceId: sender.paceId });
  const delivered = { organizationId, seq: 1, contactId, status: 'delivered' as const, method: 'sms' as const, segments: 1, attempts: 1, sender: sender.address, estimate: '0.01', price: '0.0083', priceUnit: 'USD', handedAt: new Date(), deliveredAt: new Date() };
  const attempt = { organizationId, seq: 1, n: 1, paceId: sender.paceId, accountSid: 'AC1', segments: 1, method: 'sms' as const, sender: sender.address, estimate: '0.01', workerId: 'w', leaseUntil: new Date(), state: 'accepted' as const };
  await inSystem(db, async (tx) => {
    await tx.insert(t.deliveries).values([
      { ...delivered, broadcastId: sent.id, recipient: phone, providerMessageId: twilioSid('SM') },
      { ...delivered, broadcastId: reply.id, recipient: phone, providerMessageId: twilioSid('SM') },
      { ...delivered, broadcastId: trial.id, recipient: '+12025550199', providerMessageId: twilioSid('SM') },
    ]);
    await tx.insert(t.deliveries).values({ organizationId, seq: 1, contactId, broadcastId: running.id, recipient: phone });
    await tx.insert(t.deliveryRetries).values({ organizationId, broadcastId: running.id, seq: 1, dueAt: new Date(), reason: 'quiet_hours' });
    await tx.insert(t.attempts).values([
      { ...attempt, token: twilioSid('a'), broadcastId: sent.id, recipient: phone, body: 'Hello Zebedee' }, { ...attempt, token: twilioSid('a'), broadcastId: reply.id, recipient: phone, body: 'Dear Zebedee' },
      { ...attempt, token: twilioSid('a'), broadcastId: trial.id, recipient: '+12025550199', body: '[Test] Hello Zebedee' },
    ]);
    const [conversation] = await tx.insert(t.conversations).values({ organizationId, channel: 'sms', sender: sender.address, recipient: phone, contactId, profileName: 'Zebedee W' }).returning();
    const [message] = await tx.insert(t.chatMessages).values([
      { organizationId, conversationId: conversation!.id, direction: 'inbound', sid: twilioSid('SM'), body: 'Zebedee here, Quuxville' },
      { organizationId, conversationId: conversation!.id, direction: 'outbound', broadcastId: reply.id, body: 'Dear Zebedee' },
    ]).returning();
    const [rule] = await tx.insert(t.keywordRules).values({ organizationId, name: 'Join', match: 'exact', keywords: ['join'], priority: 1, actions: [] }).returning();
    await tx.insert(t.ruleRuns).values({ organizationId, messageId: message!.id, ruleId: rule!.id, outcome: 'acted', recipient: phone });
    await tx.insert(t.consentEvents).values([{ organizationId, kind: 'opt_in', phone, contactId, source: 'staff', evidence: { note: 'Zebedee asked' } }, { organizationId, kind: 'opt_out', phone, contactId, source: 'keyword' }]);
    await tx.insert(t.senderOptOuts).values({ organizationId, sender: sender.address, phone });
    await tx.insert(t.senderReaches).values({ organizationId, senderId: sender.id, recipient: `whatsapp:${phone}`, lastAt: new Date(), initiatedAt: new Date() });
    await tx.insert(t.broadcastResponses).values({ organizationId, broadcastId: sent.id, contactId, kind: 'reply' });
    await tx.insert(t.activities).values({ organizationId, contactId, kind: 'note', detail: { text: 'Zebedee called' } });
    await tx.insert(t.savedFilters).values({ organizationId, name: 'One', definition: { groups: [{ match: 'all', conditions: [{ kind: 'field', field: 'phone', operator: 'contains', value: phone.slice(1) }] }] } });
    await tx.insert(t.contactUploads).values({ organizationId, id: contactId, fileName: 'later.csv', state: 'ready', options: {} });
    await tx.insert(t.contactUploadChunks).values({ organizationId, uploadId: contactId, n: 0, bytes: Buffer.from(`phone\n${phone}\n`) });
    await tx.insert(t.contactUploadRows).values({ organizationId, uploadId: contactId, row: 2, cells: [phone, 'Zebedee'], phone });
  });
  return { ctx, contactId, sentId: sent.id, runningId: running.id, trialId: trial.id };
}

/** "table.column" of every place in the database where the text stands, in rows of the organisation. */
async function placesOf(ctx: Context, text: string): Promise<string[]> {
  return inSystem(db, async (tx) => {
    const tables = await rows<{ name: string }>(tx, sql`
      select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'organization_id'`);
    const places: string[] = [];
    for (const { name } of tables) {
      const found = await rows<{ key: string }>(tx, sql`
        select distinct e.key from ${sql.identifier(name)} r cross join lateral jsonb_each_text(to_jsonb(r)) e where r.organization_id = ${ctx.organizationId}
          and (e.value like ${`%${text}%`} or e.value like ${`%${Buffer.from(text).toString('hex')}%`})`);
      places.push(...found.map(({ key }) => `${name}.${key}`));
    }
    return places.toSorted();
  });
}

/** Of all counts that reports, spend and tiers are made of. */
const sums = (ctx: Context) => inSystem(db, (tx) => rows(tx, sql`
  select (select json_agg(x order by x.status) from (select status, sum(deliveries) as deliveries, sum(segments) as segments, sum(price) as price from broadcast_rollup where organization_id = ${ctx.organizationId} and status not in ('queued', 'skipped') group by 1) x) as rollups,
    (select json_agg(x order by x.status) from (select status, sum(deliveries) as deliveries, sum(price) as price from daily_rollup where organization_id = ${ctx.organizationId} group by 1) x) as days,
    (select json_agg(x) from (select sum(deliveries) as deliveries from broadcast_duration_rollup where organization_id = ${ctx.organizationId}) x) as durations,
    (select count(*) from broadcast_response where organization_id = ${ctx.organizationId}) as responses,
    (select count(*) from sender_reach where organization_id = ${ctx.organizationId} and initiated_at is not null) as reached,
    (select json_agg(json_build_array(created_count, updated_count) order by id) from contact_import where organization_id = ${ctx.organizationId}) as imports`));

test('nothing of an erased person is found anywhere, and every sum stays what it was', async () => {
  const { ctx, contactId } = await somebody();
  expect(await placesOf(ctx, phone.slice(1))).toEqual(['attempt.recipient', 'broadcast.name', 'broadcast_delivery.recipient', 'consent_event.phone', 'contact.phone', 'contact_upload_chunk.bytes', 'contact_upload_row.cells', 'contact_upload_row.phone',
    'conversation.recipient', 'rule_run.recipient', 'saved_filter.definition', 'sender_opt_out.phone', 'sender_reach.recipient']);
  const before = await sums(ctx);
  const view = await eraseContact(ctx, { id: contactId, confirmation });
  expect(view).toMatchObject({ conversations: 1, chatMessages: 2, deliveries: 4, waiting: 1, lists: 2, keepsHash: true });
  for (const trace of [phone.slice(1), 'Zebedee', 'Wobblethorpe', 'Quuxville', 'zebedee@']) expect([trace, await placesOf(ctx, trace)]).toEqual([trace, []]);
  expect(await sums(ctx)).toEqual(before);
  await expect(readErasure(ctx, { id: contactId })).rejects.toMatchObject({ code: 'not_found' });
});

test('another organisation that knows the same number loses nothing, and is not told', async () => {
  const [{ ctx, contactId }, other] = [await somebody(), await somebody()];
  const before = await placesOf(other.ctx, phone);
  await eraseContact(ctx, { id: contactId, confirmation });
  expect(await placesOf(other.ctx, phone)).toEqual(before);
  const third = await office();
  expect(await createContact(third, { phone })).toMatchObject({ optedOut: false });
});

test('what waited for its turn is skipped, with its reason; a colleague who got a test keeps their number', async () => {
  const { ctx, contactId, runningId, trialId } = await somebody();
  await eraseContact(ctx, { id: contactId, confirmation });
  const found = await inSystem(db, (tx) => tx.select().from(t.deliveries));
  expect(found.find(({ broadcastId }) => broadcastId === runningId)).toMatchObject({ status: 'skipped', reason: 'erased', contactId: null });
  expect(found.find(({ broadcastId }) => broadcastId === trialId)).toMatchObject({ status: 'delivered', recipient: '+12025550199', contactId: null });
  expect(await inSystem(db, (tx) => tx.select().from(t.deliveryRetries)).then((all) => all.filter(({ broadcastId }) => broadcastId === runningId))).toEqual([]);
});

const back = async (ctx: Context) => (await listContacts(ctx, { search: phone })).data[0];

test.each<[string, (ctx: Context) => Promise<unknown>]>([
  ['by hand', (ctx) => createContact(ctx, { phone, firstName: 'Ann' })],
  ['by an import', (ctx) => importContacts(ctx, { csv: `phone,opted out\n${phone},no\n` })],
  ['into a list', async (ctx) => addMembers(ctx, { list: (await createList(db, ctx.organizationId)).slug, members: [{ phone }] })],
  ['as the new number of somebody', async (ctx) => updateContact(ctx, { id: (await contactRow(db, ctx.organizationId)).id, phone })],
])('D10: an erased number is suppressed when it comes back %s, until a new consent', async (_, comeBack) => {
  const ctx = await office();
  const contact = await contactRow(db, ctx.organizationId, { phone });
  await eraseContact(ctx, { id: contact.id, confirmation });
  await comeBack(ctx);
  const found = await back(ctx);
  expect(found).toMatchObject({ optedOut: true, optedOutSource: 'erased' });
  await updateContact(ctx, { id: found!.id, optedOut: false, consentSource: 'signed up again in the shop' });
  await deleteContact(ctx, { id: found!.id });
  expect(await createContact(ctx, { phone })).toMatchObject({ optedOut: false });
});

test('an erased number without a contact gets nothing either: no test, no answer', async () => {
  const ctx = await office();
  await eraseContact(ctx, { id: (await contactRow(db, ctx.organizationId, { phone })).id, confirmation });
  expect(await ctx.transaction((tx) => optedOutAmong(tx, ctx, [phone, '+12025550148']))).toEqual(new Set([phone]));
  const elsewhere = await office();
  expect(await elsewhere.transaction((tx) => optedOutAmong(tx, elsewhere, [phone]))).toEqual(new Set());
});

test('START of somebody who was erased ends it, though nobody knows them', async () => {
  const ctx = await office();
  await eraseContact(ctx, { id: (await contactRow(db, ctx.organizationId, { phone })).id, confirmation });
  await ctx.transaction((tx) => recordOptIns(tx, ctx, [phone], { source: 'keyword', evidence: { word: 'START' } }));
  expect(await createContact(ctx, { phone })).toMatchObject({ optedOut: false });
});

test('both forms of a Mexican number stay suppressed', async () => {
  const ctx = await office();
  const contact = await contactRow(db, ctx.organizationId, { phone: '+525512345678' });
  await eraseContact(ctx, { id: contact.id, confirmation: '5678' });
  expect(await contactRow(db, ctx.organizationId, { phone: '+5215512345678' })).toMatchObject({ optedOut: true });
});

test('a connection without the key is refused where somebody was erased, not believed', async () => {
  const ctx = await office();
  const contact = await contactRow(db, ctx.organizationId, { phone });
  await eraseContact(ctx, { id: contact.id, confirmation });
  const keyless = connect(url, 1);
  await expect(contactRow(keyless, ctx.organizationId, { phone: '+12025550188' })).rejects.toMatchObject({ cause: { message: expect.stringContaining('app.erasure_keys') } });
  await expect(contactRow(keyless, (await office()).organizationId, { phone })).resolves.toMatchObject({ optedOut: false });
  await disconnect(keyless);
});

test('a message whose outcome is open stops it, one that is held unknown does not', async () => {
  const { ctx, contactId, sentId } = await somebody();
  const set = (values: Partial<typeof t.attempts.$inferInsert>) => inSystem(db, (tx) => tx.update(t.attempts).set(values).where(sql`broadcast_id = ${sentId}`));
  await set({ state: 'intent' });
  await expect(eraseContact(ctx, { id: contactId, confirmation })).rejects.toMatchObject({ code: 'invalid_state' });
  expect(await placesOf(ctx, phone)).toContain('contact.phone');
  await set({ state: 'uncertain', leaseUntil: new Date(Date.now() - 3_600_000), checkAt: null });
  await eraseContact(ctx, { id: contactId, confirmation });
  expect(await placesOf(ctx, phone)).toEqual([]);
});

test('it takes an admin and the last digits of the number', async () => {
  const ctx = await office();
  const contact = await contactRow(db, ctx.organizationId, { phone });
  await expect(eraseContact(ctx, { id: contact.id, confirmation: '0148' })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(eraseContact({ ...ctx, actor: { kind: 'user', userId: contact.id, role: 'marketer', address: null } }, { id: contact.id, confirmation })).rejects.toMatchObject({ code: 'forbidden' });
  const byMail = await contactRow(db, ctx.organizationId, { phone: null, email: 'a@example.com' });
  expect(await eraseContact(ctx, { id: byMail.id, confirmation: 'Erase' })).toMatchObject({ keepsHash: false });
});
