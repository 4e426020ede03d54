import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { readBroadcast } from './read.ts';
import { startScheduled } from './start-scheduled.ts';

const { db } = await testDatabase();

async function scheduled(at = new Date(Date.now() - 1_000)) {
  const { id } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  return { ctx, broadcastId: (await createBroadcast(db, id, { status: 'scheduled', scheduledAt: at })).id };
}
const statusOf = async (ctx: Context, id: string) => (await readBroadcast(ctx, { id })).status;

test('what does not hold any more at its time fails the broadcast, with the reason', async () => {
  const { ctx, broadcastId } = await scheduled();
  await startScheduled(ctx, { broadcastId });
  expect(await readBroadcast(ctx, { id: broadcastId })).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('agreement') });
});

test('before its time, and for one that was taken back, nothing happens', async () => {
  const { ctx, broadcastId } = await scheduled(new Date(Date.now() + 60_000));
  await startScheduled(ctx, { broadcastId });
  expect(await statusOf(ctx, broadcastId)).toBe('scheduled');
  await inSystem(db, (tx) => tx.execute(sql`update broadcast set status = 'draft', scheduled_at = null where id = ${broadcastId}`));
  await startScheduled(ctx, { broadcastId });
  expect(await statusOf(ctx, broadcastId)).toBe('draft');
});

test('one that was taken back and deleted ends its job quietly', async () => {
  const { ctx } = await scheduled();
  await startScheduled(ctx, { broadcastId: crypto.randomUUID() });
});

test('one that somebody sends by hand while its start is refused stays sent', async () => {
  const { ctx, broadcastId } = await scheduled();
  let transactions = 0;
  const raced: Context = { ...ctx, transaction: async (work) => {
    if (++transactions === 2) await inSystem(db, (tx) => tx.execute(sql`update broadcast set status = 'sending' where id = ${broadcastId}`));
    return ctx.transaction(work);
  } };
  await startScheduled(raced, { broadcastId });
  expect(await statusOf(ctx, broadcastId)).toBe('sending');
});
