import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { writeIntents, type Claimed } from './intend.ts';

const { db } = await testDatabase();
const accountSid = twilioSid('AC');

/** Two broadcasts to one person; an attempt of the first stays without an answer. */
async function twoBroadcasts({ endedAgo, isLookedFor }: { endedAgo: string; isLookedFor: boolean }) {
  const { id: organizationId } = await createOrganization(db);
  const ctx = createContext(db, organizationId, { kind: 'system', task: 'test' });
  const sender = await createSender(db, organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: 'whatsapp:+14155551234' });
  const [first, second] = [await createBroadcast(db, organizationId, { channel: 'whatsapp', senderId: sender.id, paceId: sender.paceId }), await createBroadcast(db, organizationId, { channel: 'whatsapp', senderId: sender.id, paceId: sender.paceId })];
  const recipient = `whatsapp:+1202${5_550_000 + Math.floor(Math.random() * 9_999)}`;
  const token = ctx.randomToken();
  await inSystem(db, async (tx) => {
    for (const { id } of [first, second]) await tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient) values (${organizationId}, ${id}, 1, ${recipient})`);
    await tx.execute(sql`
      insert into attempt (organization_id, token, broadcast_id, seq, n, pace_id, account_sid, recipient, body, segments, method, estimate, sender, worker_id, state, lease_until, check_at)
      values (${organizationId}, ${token}, ${first.id}, 1, 1, ${sender.paceId}, ${accountSid}, ${recipient}, 'Hi', 1, 'template', 0.01, ${sender.address}, 'dead', 'uncertain', clock_timestamp() - ${endedAgo}::interval, ${isLookedFor ? sql`clock_timestamp()` : sql`null`})`);
  });
  const message: Claimed = { seq: 1, n: 1, recipient, body: 'Hello', segments: 1, missing: [], estimate: '0.010000', method: 'freeform', mediaUrls: [] };
  const route = { broadcastId: second.id, sender: sender.address, paceId: sender.paceId, workerId: 'w', accountSid, messagingServiceSid: null };
  const tryIt = () => ctx.transaction((tx) => writeIntents(tx, ctx, [message], route, { lease: 30 }));
  const stateOfFirst = async () => (await inSystem(db, (tx) => rows<{ state: string }>(tx, sql`select state from attempt where token = ${token}`)))[0]!.state;
  const waits = () => inSystem(db, (tx) => rows<{ reason: string }>(tx, sql`select reason from delivery_retry where broadcast_id = ${second.id}`));
  return { tryIt, stateOfFirst, waits };
}

test('whoever’s earlier message stays unknown for good waits no longer than the clocks may differ: a later broadcast reaches them, and ends', async () => {
  const { tryIt, stateOfFirst, waits } = await twoBroadcasts({ endedAgo: '20 minutes', isLookedFor: false });
  expect(await tryIt()).toEqual([]);
  expect(await waits()).toEqual([{ reason: 'conflict' }]);
  expect(await stateOfFirst()).toBe('absent'); // late evidence still binds it
  expect(await tryIt()).toHaveLength(1);
});

test.each([
  ['that is still looked for', { endedAgo: '20 minutes', isLookedFor: true }],
  ['whose message could be taken for the next one', { endedAgo: '5 minutes', isLookedFor: false }],
])('an attempt %s keeps the next one waiting', async (_, held) => {
  const { tryIt, stateOfFirst } = await twoBroadcasts(held);
  expect([await tryIt(), await tryIt()]).toEqual([[], []]);
  expect(await stateOfFirst()).toBe('uncertain');
});
