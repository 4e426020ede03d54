import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addMember, createBroadcast, createContact, createList, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { listDeliveries } from '#server/domain/delivery/list.ts';
import { readDelivery } from '#server/domain/delivery/read.ts';
import { searchDeliveries } from '#server/domain/delivery/search.ts';
import type { SearchDeliveriesInput } from '#server/domain/delivery/schema.ts';

const { db } = await testDatabase();

async function organization() {
  const { id } = await createOrganization(db);
  return createContext(db, id, { kind: 'system', task: 'test' });
}

type Sent = { recipient: string; contactId?: string | null; status?: string; errorCode?: number; reason?: string };

/** A broadcast with these deliveries, numbered in the order given. */
async function broadcastTo(ctx: Context, sent: Sent[], values: Parameters<typeof createBroadcast>[2] = {}) {
  const broadcast = await createBroadcast(db, ctx.organizationId, { status: 'sending', total: sent.length, lastSeq: sent.length, ...values });
  const made = sent.map((one, n) => ({ seq: n + 1, contactId: null, status: 'queued', errorCode: null, reason: null, ...one }));
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, contact_id, status, error_code, reason, provider_message_id)
    select ${ctx.organizationId}, ${broadcast.id}, seq, recipient, "contactId", status::delivery_status, "errorCode", reason, 'SM' || seq
    from json_to_recordset(${JSON.stringify(made)}::json) as made(seq int, recipient text, "contactId" uuid, status text, "errorCode" int, reason text)`));
  return broadcast;
}

const numbers = (count: number, from = 1000) => Array.from({ length: count }, (_, n) => ({ recipient: `+1415555${from + n}` }));

async function everyPage(ctx: Context, input: SearchDeliveriesInput, between: () => Promise<unknown> = async () => {}) {
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await searchDeliveries(ctx, { ...input, ...(cursor && { cursor }) });
    ids.push(...page.data.map((row) => row.id));
    if (!page.nextCursor) return ids;
    cursor = page.nextCursor;
    await between();
  }
}

test('P4: the numbered list visits each delivery exactly once while their states change', async () => {
  const ctx = await organization();
  const { id } = await broadcastTo(ctx, numbers(25));
  const seen: string[] = [];
  for (let p = 1; ; p++) {
    const page = await listDeliveries(ctx, { id, p, ps: 10 });
    seen.push(...page.data.map((row) => row.id));
    expect(page.total).toBe(25);
    await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = 'sent' where broadcast_id = ${id} and seq % 3 = ${p % 3}`));
    if (!page.hasNext) break;
  }
  expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `${id}-${n + 1}`));
});

test('the list of one state counts and pages that state only', async () => {
  const ctx = await organization();
  const { id } = await broadcastTo(ctx, numbers(30).map((one, n) => ({ ...one, status: n % 3 === 0 ? 'failed' : 'delivered', ...(n % 3 === 0 && { errorCode: 30003 }) })));
  const second = await listDeliveries(ctx, { id, status: 'failed', p: 2, ps: 4 });
  expect(second).toMatchObject({ total: 10, hasNext: true, page: 2 });
  expect(second.data.map((row) => row.id)).toEqual([13, 16, 19, 22].map((seq) => `${id}-${seq}`));
  expect(second.data[0]).toMatchObject({ status: 'failed', errorCode: 30003, errorReason: 'Phone was off or out of reach' });
  expect((await listDeliveries(ctx, { id, status: 'failed', p: 4, ps: 4 })).data).toEqual([]);
});

test('a message that waits for quiet hours says until when and whose they are, in the log and in its panel; once it left it does not', async () => {
  const ctx = await organization();
  const { id } = await broadcastTo(ctx, [{ recipient: '+12145550101' }, { recipient: '+14155550102' }, { recipient: '+12145550103', status: 'sent' }]);
  await inSystem(db, (tx) => tx.execute(sql`insert into delivery_retry (organization_id, broadcast_id, seq, due_at, reason, place, zone)
    select ${ctx.organizationId}, ${id}, seq, '2099-11-23T15:00:00Z', 'quiet_hours', 'Texas', 'America/Chicago' from (values (1), (3)) as w(seq)`));
  const { data } = await searchDeliveries(ctx, {});
  expect(data.map(({ waits }) => waits)).toEqual([null, null, 'Quiet hours until 23 Nov, 09:00 in Texas']);
  expect((await readDelivery(ctx, { id: `${id}-1` })).waits).toBe('Quiet hours until 23 Nov, 09:00 in Texas');
  expect((await readDelivery(ctx, { id: `${id}-2` })).waits).toBeNull();
});

test('the log pages over all broadcasts, newest first, each row exactly once while rows change and a broadcast is added', async () => {
  const ctx = await organization();
  const older = await broadcastTo(ctx, numbers(7), { createdAt: new Date('2026-11-01') });
  const newer = await broadcastTo(ctx, numbers(6), { createdAt: new Date('2026-11-02') });
  await createBroadcast(db, ctx.organizationId, { name: 'A draft' });
  const seen = await everyPage(ctx, { limit: 4 }, async () => {
    await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = 'delivered', handed_at = now() where broadcast_id in (${older.id}, ${newer.id})`));
    await broadcastTo(ctx, numbers(2), { createdAt: new Date('2026-11-03') });
  });
  expect(seen).toEqual([...[6, 5, 4, 3, 2, 1].map((seq) => `${newer.id}-${seq}`), ...[7, 6, 5, 4, 3, 2, 1].map((seq) => `${older.id}-${seq}`)]);
});

test('the log finds a message by its number in any usual form, on every channel', async () => {
  const ctx = await organization();
  const sms = await broadcastTo(ctx, [{ recipient: '+12025550142' }, { recipient: '+12025550143' }], { createdAt: new Date('2026-11-01') });
  const whatsapp = await broadcastTo(ctx, [{ recipient: 'whatsapp:+12025550142' }], { channel: 'whatsapp', createdAt: new Date('2026-11-02') });
  for (const search of ['+12025550142', '+1 202 555 0142', '(202) 555-0142', '202.555.0142', '0012025550142', 'whatsapp:+12025550142']) {
    expect((await searchDeliveries(ctx, { search })).data.map((row) => row.id), search).toEqual([`${whatsapp.id}-1`, `${sms.id}-1`]);
  }
  expect((await searchDeliveries(ctx, { search: '+12025550199' })).data).toEqual([]);
});

test('the log finds a message by the last four digits and by parts of the name', async () => {
  const ctx = await organization();
  const [ann, bo] = [await createContact(db, ctx.organizationId, { phone: '+14155550177', firstName: 'Ann', lastName: 'Oyelaran' }), await createContact(db, ctx.organizationId, { phone: '+14155550188', firstName: 'Bo' })];
  const { id } = await broadcastTo(ctx, [{ recipient: ann.phone!, contactId: ann.id }, { recipient: bo.phone!, contactId: bo.id }]);
  for (const search of ['0177', '50177', 'ann', 'OYEL', 'oyelaran ann']) {
    expect((await searchDeliveries(ctx, { search })).data, search).toMatchObject([{ id: `${id}-1`, contactName: 'Ann Oyelaran', broadcastName: 'March promo' }]);
  }
  for (const search of ['nobody', '%', 'Ann Bo']) expect((await searchDeliveries(ctx, { search })).data, search).toEqual([]);
});

test('a name that hundreds of people share is searched as completely as a rare one', async () => {
  const ctx = await organization();
  const people = await inSystem(db, (tx) => tx.execute(sql`insert into contact (organization_id, phone, first_name) select ${ctx.organizationId}, '+1415555' || (1000 + n), case when n % 2 = 0 then 'Common' else 'Rare' end
    from generate_series(1, 450) n returning id as "contactId", phone as recipient`)) as unknown as Sent[];
  await broadcastTo(ctx, people);
  expect(new Set(await everyPage(ctx, { search: 'Common', limit: 50 })).size).toBe(225);
});

test('the log finds a message by Twilio’s SID, and only that one', async () => {
  const ctx = await organization();
  const { id } = await broadcastTo(ctx, numbers(3));
  const sid = twilioSid('SM');
  const sender = await createSender(db, ctx.organizationId);
  await inSystem(db, (tx) => tx.execute(sql`insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, sender, estimate, worker_id, lease_until, sid, state)
    values (${ctx.organizationId}, ${'a'.repeat(32)}, ${id}, 2, 1, ${sender.paceId}, 'AC1', '+14155551001', 'Ann, hello', 1, 'sms', '+14155551234', 0.0083, 'w', now(), ${sid}, 'accepted')`));
  expect((await searchDeliveries(ctx, { search: sid })).data.map((row) => row.id)).toEqual([`${id}-2`]);
  expect((await searchDeliveries(ctx, { search: twilioSid('SM') })).data).toEqual([]);
  expect(await readDelivery(ctx, { id: `${id}-2` })).toMatchObject({ attempts: [{ n: 1, body: 'Ann, hello', sid, state: 'accepted' }] });
});

test('filters by state, broadcast and error code narrow the log together', async () => {
  const ctx = await organization();
  const one = await broadcastTo(ctx, [{ recipient: '+14155550101', status: 'failed', errorCode: 30003 }, { recipient: '+14155550102', status: 'failed', errorCode: 30007 }, { recipient: '+14155550103', status: 'delivered' }]);
  const two = await broadcastTo(ctx, [{ recipient: '+14155550101', status: 'undelivered', errorCode: 30003 }]);
  const ids = async (input: SearchDeliveriesInput) => (await searchDeliveries(ctx, input)).data.map((row) => row.id).sort();
  expect(await ids({ status: 'failed' })).toEqual([`${one.id}-1`, `${one.id}-2`].sort());
  expect(await ids({ errorCode: 30003 })).toEqual([`${one.id}-1`, `${two.id}-1`].sort());
  expect(await ids({ errorCode: 30003, broadcastId: one.id, status: 'failed' })).toEqual([`${one.id}-1`]);
  expect(await ids({ search: '+14155550101', status: 'delivered' })).toEqual([]);
});

test('operators in the box narrow the log as filters do, together with them', async () => {
  const ctx = await organization();
  const at = (day: number) => new Date(Date.UTC(2026, 10, day, 12));
  const one = await broadcastTo(ctx, [
    { recipient: '+14155550101', status: 'failed', errorCode: 30003, reason: 'twilio_error' }, { recipient: '+14165550102', status: 'undelivered', errorCode: 30007, reason: 'twilio_error' },
    { recipient: '+442079460103', status: 'delivered' }, { recipient: '+14155550104', status: 'skipped', reason: 'opted_out' },
  ], { name: 'March promo', startedAt: at(2), finishedAt: at(2) });
  const two = await broadcastTo(ctx, [{ recipient: '+14155550101', status: 'undelivered', errorCode: 30003 }], { name: 'April news', startedAt: at(20), finishedAt: at(20) });
  const found = async (search: string, more: SearchDeliveriesInput = {}) => (await searchDeliveries(ctx, { search, ...more })).data.map((row) => row.id).sort();
  const ids = (...seqs: number[]) => seqs.map((seq) => `${one.id}-${seq}`);
  expect(await found('status:failed,delivered')).toEqual(ids(1, 3));
  expect(await found('status:failed,delivered', { status: 'failed' })).toEqual(ids(1));
  expect(await found('status:failed', { status: 'delivered' })).toEqual([]);
  expect(await found('code:30003,30007 broadcast:"march PROMO"')).toEqual(ids(1, 2));
  expect(await found('code:30003 +14155550101')).toEqual([...ids(1), `${two.id}-1`].sort());
  expect(await found('to:US')).toEqual([...ids(1, 4), `${two.id}-1`].sort());
  expect(await found('to:CA')).toEqual(ids(2));
  expect(await found('to:+44')).toEqual(ids(3));
  expect(await found('reason:opted_out')).toEqual(ids(4));
  expect(await found('since:2026-11-10')).toEqual([`${two.id}-1`]);
  expect(await found('until:2026-11-02')).toEqual(ids(1, 2, 3, 4));
  expect(await found('until:2026-11-01')).toEqual([]);
  expect(await found('from:+14155551234')).toEqual([]);
  const ann = await createContact(db, ctx.organizationId);
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update broadcast_delivery set handed_at = '2026-11-02T12:00:00Z', delivered_at = '2026-11-02T12:01:00Z', contact_id = ${ann.id} where broadcast_id = ${one.id} and seq = 3`);
    await tx.execute(sql`insert into broadcast_response (organization_id, broadcast_id, contact_id, kind) values (${ctx.organizationId}, ${one.id}, ${ann.id}, 'opt_out')`);
  });
  expect([await found('took:>60s'), await found('took:30-60'), await found('took:1m-2m')]).toEqual([ids(3), [], ids(3)]);
  expect([await found('response:opt_out'), await found('response:reply')]).toEqual([ids(3), []]);
  await expect(searchDeliveries(ctx, { search: 'state:failed' })).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'search' }] });
});

test('a message shows what Twilio reported, in order, and why it failed', async () => {
  const ctx = await organization();
  const { id } = await broadcastTo(ctx, [{ recipient: '+14155550101', status: 'undelivered', errorCode: 30006 }]);
  await inSystem(db, (tx) => tx.execute(sql`insert into message_event (organization_id, broadcast_id, seq, sid, provider_status, status, error_code, source, received_at) values
    (${ctx.organizationId}, ${id}, 1, 'SM1', 'undelivered', 'undelivered', 30006, 'callback', '2026-11-02T10:00:05Z'),
    (${ctx.organizationId}, ${id}, 1, 'SM1', 'accepted', null, 0, 'callback', '2026-11-02T10:00:00Z')`));
  expect(await readDelivery(ctx, { id: `${id}-1` })).toMatchObject({
    reasonTitle: 'Landline or number that cannot get texts', reasonHelp: 'Retrying costs money and will fail.',
    events: [{ type: 'accepted', at: '2026-11-02T10:00:00.000Z' }, { type: 'undelivered', providerEvent: 'undelivered', errorCode: 30006 }],
  });
});

test('a message says why this person is among the recipients', async () => {
  const ctx = await organization();
  const [friends, news] = [await createList(db, ctx.organizationId, { slug: 'friends', name: 'Friends' }), await createList(db, ctx.organizationId, { slug: 'news', name: 'News' })];
  const ann = await createContact(db, ctx.organizationId, { consentSource: 'checkout form', consentAt: new Date('2026-01-02T03:04:05Z') });
  await addMember(db, ctx.organizationId, friends.id, ann.id);
  const { id } = await broadcastTo(ctx, [{ recipient: ann.phone!, contactId: ann.id }, { recipient: '+12025550000' }], { content: '{{firstName}}, hello' });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position) values (${ctx.organizationId}, ${id}, ${news.id}, 0), (${ctx.organizationId}, ${id}, ${friends.id}, 1)`));
  expect(await readDelivery(ctx, { id: `${id}-1` })).toMatchObject({
    template: '{{firstName}}, hello', origin: { method: 'lists', lists: [{ slug: 'friends', addedAt: expect.any(String) }], consentSource: 'checkout form', consentAt: '2026-01-02T03:04:05.000Z', isContactKnown: true },
  });
  expect((await readDelivery(ctx, { id: `${id}-2` })).origin).toMatchObject({ lists: [{ slug: 'news', addedAt: null }, { slug: 'friends', addedAt: null }], isContactKnown: false });
});

test('another organisation sees nothing of the log', async () => {
  const [mine, other] = [await organization(), await organization()];
  const { id } = await broadcastTo(mine, [{ recipient: '+12025550142' }]);
  expect((await searchDeliveries(mine, {})).data).toHaveLength(1);
  expect((await searchDeliveries(other, {})).data).toEqual([]);
  expect((await searchDeliveries(other, { search: '+12025550142' })).data).toEqual([]);
  expect((await searchDeliveries(other, { broadcastId: id })).data).toEqual([]);
  expect((await searchDeliveries(other, { cursor: `${id}-2` })).data).toEqual([]);
  await expect(listDeliveries(other, { id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(readDelivery(other, { id: `${id}-1` })).rejects.toMatchObject({ code: 'not_found' });
});

test('an id or a cursor that is none is refused, not an error of ours', async () => {
  const ctx = await organization();
  for (const id of [`${'-'.repeat(36)}-1`, `${crypto.randomUUID()}-99999999999`, `${crypto.randomUUID()}-1`]) await expect(readDelivery(ctx, { id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(searchDeliveries(ctx, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'validation_failed' });
});
