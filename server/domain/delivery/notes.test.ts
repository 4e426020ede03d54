import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createContact, createOrganization } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';

const { db } = await testDatabase();

test('stopping a broadcast of fifteen thousand is one pass over its rows, not every row with every other', async () => {
  const { id: organizationId } = await createOrganization(db);
  const { id } = await createBroadcast(db, organizationId);
  await inSystem(db, async (tx) => {
    // Compared with each other they would take more than a minute.
    await tx.execute(sql`set local statement_timeout = '20s'`);
    await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, contact_id) select ${organizationId}, ${id}, n, '+1415' || (5550000 + n), gen_random_uuid() from generate_series(1, 15000) n`);
    await tx.execute(sql`update broadcast_delivery set segments = 1 where broadcast_id = ${id} and seq <= 10`);
    await tx.execute(sql`update broadcast_delivery set status = 'cancelled', reason = 'broadcast_cancelled' where broadcast_id = ${id}`);
  });
  const [left] = await inSystem(db, (tx) => rows<{ n: number }>(tx, sql`select count(*)::int as n from broadcast_delivery where broadcast_id = ${id} and status <> 'cancelled'`));
  expect(left!.n).toBe(0);
});

test('when somebody last got a message is kept with the delivery: once, the latest, and not for a test send', async () => {
  const { id: organizationId } = await createOrganization(db);
  const [ann, ben] = [await createContact(db, organizationId), await createContact(db, organizationId)];
  const [first, second, trial] = [await createBroadcast(db, organizationId), await createBroadcast(db, organizationId), await createBroadcast(db, organizationId, { purpose: 'test' })];
  const hand = (broadcastId: string, at: string) => inSystem(db, async (tx) => {
    await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient, contact_id) values (${organizationId}, ${broadcastId}, 1, '+1', ${ann.id}), (${organizationId}, ${broadcastId}, 2, '+2', ${ben.id})`);
    await tx.execute(sql`update broadcast_delivery set handed_at = ${at}::timestamptz, status = 'sending', provider_message_id = 'SM' || seq where broadcast_id = ${broadcastId} and seq = 1`);
    await tx.execute(sql`update broadcast_delivery set delivered_at = ${at}::timestamptz + interval '4 seconds', status = 'delivered' where broadcast_id = ${broadcastId} and seq = 1`);
  });
  await hand(second.id, '2026-11-22T10:00:00Z');
  await hand(first.id, '2026-11-20T10:00:00Z');
  await hand(trial.id, '2026-11-23T10:00:00Z');
  const reach = await inSystem(db, (tx) => rows(tx, sql`select contact_id, last_broadcast_id, last_handed_at = '2026-11-22T10:00:00Z' as "isLatest" from contact_reach where organization_id = ${organizationId}`));
  expect(reach).toEqual([{ contact_id: ann.id, last_broadcast_id: second.id, isLatest: true }]);
  const durations = await inSystem(db, (tx) => rows(tx, sql`select sum(deliveries)::int as deliveries, bucket from broadcast_duration_rollup where broadcast_id = ${first.id} group by bucket`));
  expect(durations).toEqual([{ deliveries: 1, bucket: 3 }]);
});
