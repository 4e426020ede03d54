import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';

const signed = vi.hoisted(() => {
  Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'silent' });
  return { in: null as unknown };
});
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('#server/auth.ts', async (original) => ({ ...(await original<typeof import('#server/auth.ts')>()), signedIn: async () => signed.in }));

import { createBroadcast } from '#db/factories.ts';
import { inSystem, type Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { furnish, person, type Furnished, type Person } from './doors.fixture.ts';
import { answerExport } from './export.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

let mine: Furnished;
let viewer: Person;
beforeAll(async () => {
  mine = await furnish(db);
  viewer = await person(db, mine.organizationId, 'viewer');
  const { id } = await createBroadcast(db, mine.organizationId, { status: 'sent', total: 1, lastSeq: 1, name: '@sum' });
  await inSystem(db, (tx) => tx.execute(sql`insert into broadcast_delivery (organization_id, broadcast_id, seq, recipient) values (${mine.organizationId}, ${id}, 1, '+14155550132')`));
});
beforeEach(() => { signed.in = null; });

const ask = (query = '', headers: Record<string, string> = {}) => answerExport(new Request(`http://localhost:3000/api/export/deliveries.csv${query}`, { headers: { 'sec-fetch-site': 'same-origin', ...headers } }), 'csv');

test('nobody without a session or a token gets a file, and no foreign page starts one', async () => {
  expect((await ask()).status).toBe(401);
  signed.in = viewer.session;
  expect((await ask('', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

test('by session or by token the same file comes, named after its day, with the page’s filters and a viewer’s masks', async () => {
  signed.in = viewer.session;
  const bySession = await ask('?search=status:queued&cursor=ignored');
  expect([bySession.status, bySession.headers.get('content-type'), bySession.headers.get('content-disposition')])
    .toEqual([200, 'text/csv; charset=utf-8', expect.stringMatching(/^attachment; filename="deliveries-\d{4}-\d\d-\d\d\.csv"$/)]);
  const text = await bySession.text();
  expect(text).toContain("+1415***32,,queued,,,'@sum");
  signed.in = null;
  const byToken = await ask('?search=status:queued', { authorization: `Bearer ${viewer.token}`, 'sec-fetch-site': 'cross-site' });
  expect(await byToken.text()).toBe(text);
});

test.each(['?search=state:failed', '?status=lost', '?broadcastId=1', '?search=%00'])('%s is refused in words before a file begins', async (query) => {
  signed.in = viewer.session;
  const answer = await ask(query);
  expect(answer.status).toBe(422);
  expect(answer.headers.get('content-type')).toContain('application/json');
});

test('a broadcast of another organisation is none', async () => {
  signed.in = viewer.session;
  const other = await furnish(db);
  expect((await ask(`?broadcastId=${other.broadcastId}`)).status).toBe(404);
});
