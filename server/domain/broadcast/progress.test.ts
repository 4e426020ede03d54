import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { broadcastProgress } from '#server/domain/broadcast/progress.ts';
import { deliveryStatuses } from '#server/domain/broadcast/schema.ts';

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

test('a broadcast that stands still has no time left to tell', async () => {
  const { ctx, broadcast } = await sending(10, { status: 'paused', statusReason: 'Paused by Ade.' });
  expect(await broadcastProgress(ctx, broadcast)).toMatchObject({ status: 'paused', statusReason: 'Paused by Ade.', secondsLeft: null });
});

test('another organisation does not see the progress', async () => {
  const { broadcast } = await sending(1);
  const { ctx: other } = await sending(1);
  await expect(broadcastProgress(other, broadcast)).rejects.toMatchObject({ code: 'not_found' });
});
