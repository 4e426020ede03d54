import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { resumeBroadcast } from './resume.ts';

const { db } = await testDatabase();

/** A broadcast to 100 people, paused after ten of them. */
async function pausedAfterTen(pauseAtSeq: number | null = null) {
  const { id } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'system', task: 'test' });
  const { id: senderId, paceId } = await createSender(db, id);
  const broadcast = await createBroadcast(db, id, { status: 'paused', total: 100, lastSeq: 100, claimedSeq: 10, pauseAtSeq, senderId, paceId });
  const stageAfter = async (more?: number) => {
    await resumeBroadcast(ctx, { id: broadcast.id, more });
    return (await ctx.transaction((tx) => tx.query.broadcasts.findFirst({ columns: { pauseAtSeq: true, brakeAfterSeq: true } })))!;
  };
  const retry = (seqs: number[], reason: string) => inSystem(db, (tx) => tx.execute(sql`insert into delivery_retry (organization_id, broadcast_id, seq, reason, due_at)
    select ${id}, ${broadcast.id}, value::int, ${reason}, now() from json_array_elements_text(${JSON.stringify(seqs)}::json)`));
  return { stageAfter, retry };
}

test('"more" pauses after so many; those who are tried again are among them, those who wait for their hour are not', async () => {
  const { stageAfter, retry } = await pausedAfterTen();
  await retry([3, 4], 'retry');
  await retry([5, 6, 7], 'quiet_hours');
  expect(await stageAfter(50)).toEqual({ pauseAtSeq: 58, brakeAfterSeq: 10 });
});

test('when as many are tried again as were asked for, nobody new is taken', async () => {
  const { stageAfter, retry } = await pausedAfterTen();
  await retry([1, 2, 3], 'retry');
  expect((await stageAfter(2)).pauseAtSeq).toBe(10);
});

test('plain resume keeps a stage that is still ahead and leaves one behind that was reached; "more" than are left is the rest', async () => {
  expect((await (await pausedAfterTen(40)).stageAfter()).pauseAtSeq).toBe(40);
  expect((await (await pausedAfterTen(10)).stageAfter()).pauseAtSeq).toBeNull();
  expect((await (await pausedAfterTen(10)).stageAfter(90)).pauseAtSeq).toBeNull();
});
