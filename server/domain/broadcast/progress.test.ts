import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { broadcastProgress } from '#server/domain/broadcast/progress.ts';
import { deliveryStatuses } from '#server/domain/broadcast/states.ts';

const { db } = await testDatabase();

async function sending(recipients: number, values: Parameters<typeof createBroadcast>[2] = {}, rate = '10') {
  const { id } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  const sender = await createSender(db, id, { segmentsPerSecond: rate });
  const broadcast = await addBroadcast(ctx, recipients, { senderId: sender.id, paceId: sender.paceId, ...values });
  return { ctx, sender, broadcast };
}

async function addBroadcast(ctx: Context, recipients: number, values: Parameters<typeof createBroadcast>[2]) {
  const broadcast = await createBroadcast(db, ctx.organizationId, { status: 'sending', total: recipients, lastSeq: recipients, startedAt: new Date('2026-11-22T10:00:00Z'), ...values });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient)
    select ${ctx.organizationId}, ${broadcast.id}, n, '+1415' || (5550000 + n) from generate_series(1, ${recipients}::int) n`));
  return broadcast;
}

test('P35: a snapshot names every status, and the counts always add up to the deliveries', async () => {
  const { ctx, broadcast } = await sending(40);
  for (const [n, status] of deliveryStatuses.entries()) {
    await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = ${status}, provider_message_id = 'SM' || seq where broadcast_id = ${broadcast.id} and seq % ${deliveryStatuses.length} >= ${n}`));
    const { counts } = await broadcastProgress(ctx, broadcast);
    expect(Object.keys(counts).sort()).toEqual([...deliveryStatuses].sort());
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(40);
  }
});

test('the time left is what waits, in segments, at the pace of the sender', async () => {
  const { ctx, broadcast, sender } = await sending(100);
  expect((await broadcastProgress(ctx, broadcast)).secondsLeft).toBe(10);
  await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = 'sent', provider_message_id = 'SM' || seq, handed_at = now(), segments = 3 where broadcast_id = ${broadcast.id} and seq <= 50`));
  expect(await broadcastProgress(ctx, broadcast)).toMatchObject({ secondsLeft: 15, segmentsPerSecond: '10.000' });
  await inSystem(db, (tx) => tx.execute(sql`update pace set lowered_to = 5 where id = ${sender.paceId}`));
  expect(await broadcastProgress(ctx, broadcast)).toMatchObject({ secondsLeft: 30, segmentsPerSecond: '5.000' });
  await addBroadcast(ctx, 1, { senderId: sender.id, paceId: sender.paceId });
  expect((await broadcastProgress(ctx, broadcast)).secondsLeft, 'two broadcasts share the pace').toBe(60);
});

const worker = () => inSystem(db, (tx) => tx.execute(sql`insert into worker (id) values ('w') on conflict (id) do update set last_seen_at = now()`));
const wait = (id: string, seqs: number[], reason: string, due: string) => inSystem(db, (tx) => tx.execute(sql`
  insert into delivery_retry (organization_id, broadcast_id, seq, reason, due_at) select organization_id, id, value::int, ${reason}, ${due}::timestamptz from broadcast, json_array_elements_text(${JSON.stringify(seqs)}::json) where id = ${id}`));

test('the pace counts segments rightly when receipts came before the answers that know them, through different connections', async () => {
  const { ctx, broadcast } = await sending(100);
  await inSystem(db, async (tx) => {
    await tx.execute(sql`insert into broadcast_rollup (organization_id, broadcast_id, shard, status, deliveries, segments, priced, price, unpriced_estimate) values
      (${ctx.organizationId}, ${broadcast.id}, 100, 'queued', -60, 0, 0, 0, 0), (${ctx.organizationId}, ${broadcast.id}, 101, 'sent', 59, 0, 0, 0, 0), (${ctx.organizationId}, ${broadcast.id}, 102, 'sent', 1, 60, 0, 0, 0)`);
  });
  expect((await broadcastProgress(ctx, broadcast)).allowedPerSecond).toBe(10);
});

test('what keeps it from going faster is named, the gravest first', async () => {
  const { ctx, broadcast, sender } = await sending(100, {}, '3');
  const limit = async () => { const { limit: kind, limitedBy } = await broadcastProgress(ctx, broadcast); return [kind, limitedBy]; };
  await inSystem(db, (tx) => tx.execute(sql`delete from worker`));
  expect(await limit()).toEqual(['worker', expect.stringContaining('no worker has reported')]);
  await worker();
  expect(await limit()).toEqual(['pace', 'The sender may send 3 segments a second (10DLC campaign, brand score 75).']);
  for (let i = 0; i < 2; i++) await addBroadcast(ctx, 1, { senderId: sender.id, paceId: sender.paceId });
  expect((await limit())[1]).toContain('shared with 2 other broadcasts');
  await inSystem(db, (tx) => tx.execute(sql`update pace set halted_until = now() + interval '20 seconds', halt_reason = 'Twilio does not answer.' where id = ${sender.paceId}`));
  expect(await limit()).toEqual(['halt', 'Twilio does not answer.']);
  await inSystem(db, (tx) => tx.execute(sql`update broadcast set hold_until = now() + interval '60 seconds' where id = ${broadcast.id}`));
  expect((await limit())[0]).toBe('hold');
  expect(await broadcastProgress(ctx, broadcast)).toMatchObject({ holdUntil: expect.any(String) });
});

test('people who wait for their own hour are counted, with the time and the zone', async () => {
  await worker();
  const { ctx, broadcast } = await sending(10, { claimedSeq: 10 });
  await wait(broadcast.id, [1, 2, 3], 'quiet_hours', '2099-11-23T08:00:00Z');
  await wait(broadcast.id, [4], 'conflict', '2099-11-22T08:00:00Z');
  const { held, limit, limitedBy, secondsLeft } = await broadcastProgress(ctx, broadcast);
  expect(held).toEqual([{ reason: 'conflict', count: 1, until: '2099-11-22T08:00:00.000Z' }, { reason: 'quiet_hours', count: 3, until: '2099-11-23T08:00:00.000Z' }]);
  expect([limit, limitedBy]).toEqual(['hours', expect.stringContaining('Quiet hours until 23 Nov, 08:00 (UTC) for 3 people.')]);
  expect(secondsLeft).toBeGreaterThan(1_000_000);
});

test('quiet hours are told by whose they are: one place with its own clock, several with how many people each holds', async () => {
  await worker();
  const { ctx, broadcast } = await sending(20, { claimedSeq: 20 });
  const in_ = (seqs: number[], place: string, zone: string) => inSystem(db, (tx) => tx.execute(sql`update delivery_retry set place = ${place}, zone = ${zone} where broadcast_id = ${broadcast.id} and seq = any(${`{${seqs.join()}}`}::int[])`));
  await wait(broadcast.id, [1, 2, 3], 'quiet_hours', '2099-11-23T15:00:00Z');
  await in_([1, 2, 3], 'Texas', 'America/Chicago');
  expect((await broadcastProgress(ctx, broadcast)).limitedBy).toContain('Quiet hours until 23 Nov, 09:00 in Texas for 3 people.');
  await wait(broadcast.id, [4, 5], 'quiet_hours', '2099-11-23T07:00:00Z');
  await in_([4, 5], 'DE', 'Europe/Berlin');
  const { held, limitedBy } = await broadcastProgress(ctx, broadcast);
  expect(held).toEqual([{ reason: 'quiet_hours', count: 5, until: '2099-11-23T07:00:00.000Z' }]);
  expect(limitedBy).toContain('Quiet hours for 5 people: 3 until 23 Nov, 09:00 in Texas, 2 until 23 Nov, 08:00 in Germany.');
});

test('receipts that stay away for minutes are named: the webhook is probably broken', async () => {
  await worker();
  const { ctx, broadcast } = await sending(10, { claimedSeq: 5 });
  await inSystem(db, (tx) => tx.execute(sql`update broadcast_delivery set status = 'sending', provider_message_id = 'SM' || seq || ${broadcast.id}, handed_at = now() - interval '4 minutes' where broadcast_id = ${broadcast.id} and seq <= 5`));
  expect((await broadcastProgress(ctx, broadcast)).limit).toBe('callbacks');
  await inSystem(db, (tx) => tx.execute(sql`insert into message_event (organization_id, broadcast_id, seq, sid, provider_status, source) values (${ctx.organizationId}, ${broadcast.id}, 1, 'SM1', 'sent', 'callback')`));
  expect((await broadcastProgress(ctx, broadcast)).limit).toBe('pace');
});

test('a broadcast that stands still has no time left to tell', async () => {
  const { ctx, broadcast } = await sending(10, { status: 'paused', statusReason: 'Paused by Ade.' });
  expect(await broadcastProgress(ctx, broadcast)).toMatchObject({ status: 'paused', statusReason: 'Paused by Ade.', secondsLeft: null });
});

test('another organisation does not see the progress', async () => {
  const { broadcast } = await sending(1);
  const { ctx: other } = await sending(1);
  await expect(broadcastProgress(other, broadcast)).rejects.toMatchObject({ code: 'not_found' });
});
