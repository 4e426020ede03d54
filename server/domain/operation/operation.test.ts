import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createBroadcast, createOrganization, createUser, twilioSid } from '#db/factories.ts';
import { connect, disconnect, inSystem, rows } from '#db/index.ts';
import { sessions, twilioAccounts, workers } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { checkReady } from './check-ready.ts';
import { readHealth } from './read-health.ts';
import { sweep } from './sweep.ts';

const { db } = await testDatabase();
const work = (lastSeenAt = new Date()) =>
  inSystem(db, (tx) => tx.insert(workers).values({ id: 'worker-1', lastSeenAt }).onConflictDoUpdate({ target: workers.id, set: { lastSeenAt } }));

test('without a worker the installation is degraded; with one it is well', async () => {
  expect(await readHealth(db, '1.2.3')).toMatchObject({ status: 'degraded', version: '1.2.3', checks: { database: 'ok', migrations: 'current', worker: { lastSeen: null }, oldestDueSeconds: null, unresolvedAttempts: 0 } });
  const now = new Date();
  await work(now);
  expect(await readHealth(db, '1.2.3')).toMatchObject({ status: 'ok', checks: { worker: { lastSeen: now.toISOString() } } });
  await work(new Date(Date.now() - 5 * 60_000));
  expect((await readHealth(db, '1')).status).toBe('degraded');
});

test('a broadcast whose hour has passed and that nobody began shows as overdue work', async () => {
  await work();
  const { id } = await createOrganization(db);
  await createBroadcast(db, id, { status: 'scheduled', scheduledAt: new Date(Date.now() - 600_000) });
  const { status, checks } = await readHealth(db, '1');
  expect(status).toBe('degraded');
  expect(checks.oldestDueSeconds).toBeGreaterThanOrEqual(599);
});

test('a wake-up that nobody takes shows as overdue work', async () => {
  await work();
  await inSystem(db, (tx) => tx.execute(sql`delete from broadcast`));
  await inSystem(db, (tx) => tx.execute(sql`select graphile_worker.add_job('sweep', run_at => now() - interval '300 seconds')`));
  const { checks } = await readHealth(db, '1');
  expect(checks.oldestDueSeconds).toBeGreaterThanOrEqual(299);
});

test('the sweep deletes sessions that are over for more than a day, and no others', async () => {
  const { id: userId } = await createUser(db);
  const ends = [-3 * 86_400_000, -3_600_000, 3_600_000].map((after) => new Date(Date.now() + after));
  await db.insert(sessions).values(ends.map((expiresAt) => ({ userId, kind: 'browser' as const, expiresAt })));
  await sweep(db);
  expect((await db.query.sessions.findMany({ where: eq(sessions.userId, userId) })).map(({ expiresAt }) => expiresAt).toSorted((a, b) => a.getTime() - b.getTime())).toEqual(ends.slice(1));
});

test('P12: connected accounts whose senders nobody read for five minutes are read again, others are left alone', async () => {
  const account = async (sendersReadAt: Date | null, status: 'connected' | 'broken' = 'connected') => {
    const { id } = await createOrganization(db);
    const updatedAt = new Date(Date.now() - 3_600_000);
    await inSystem(db, (tx) => tx.insert(twilioAccounts).values({ organizationId: id, accountSid: twilioSid('AC'), status, sendersReadAt, updatedAt }));
    return id;
  };
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const [never, stale] = [await account(null), await account(ago(6))];
  await account(ago(4));
  await account(ago(60), 'broken');
  await sweep(db);
  await sweep(db);
  const jobs = await inSystem(db, (tx) => rows<{ key: string }>(tx, sql`select key from graphile_worker.jobs where task_identifier = 'sync-senders'`));
  expect(jobs.map(({ key }) => key).toSorted()).toEqual([never, stale].map((id) => `sync-senders:${id}`).toSorted());
});

test('a database that does not answer is down, one without our newest migration is behind', async () => {
  const nowhere = connect('postgres://nobody@127.0.0.1:1/none', 1);
  expect(await checkReady(nowhere)).toEqual({ database: 'down', migrations: 'unknown' });
  expect((await readHealth(nowhere, '1')).status).toBe('down');
  await disconnect(nowhere);
  await inSystem(db, (tx) => tx.execute(sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`));
  expect(await checkReady(db)).toEqual({ database: 'ok', migrations: 'behind' });
});
