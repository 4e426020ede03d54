import { afterEach, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'silent',
}));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

import { createOrganization } from '#db/factories.ts';
import { inSystem, type Db } from '#db/index.ts';
import { contactUploads } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { answerErrorFile, receiveUpload } from './upload.ts';
import { person } from './doors.fixture.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;
afterEach(() => inSystem(db, (tx) => tx.delete(contactUploads)));

const ADDRESS = 'http://localhost:3000/api/contact-imports';
const post = (body: BodyInit, headers: Record<string, string>, query = '?fileName=people.csv') => receiveUpload(new Request(ADDRESS + query, { method: 'POST', body, headers: { 'content-type': 'text/csv', ...headers }, duplex: 'half' } as RequestInit));
const stored = () => inSystem(db, (tx) => tx.select().from(contactUploads));
const bodyOf = async (response: Response) => await response.json() as Record<string, unknown> & { data: { id: string } };

async function somebody(role: 'marketer' | 'viewer' = 'marketer') {
  const { id } = await createOrganization(db);
  const { token } = await person(db, id, role);
  return { organizationId: id, headers: { authorization: `Bearer ${token}` } };
}

test('a program sends a file with its token; it waits for its check under its name', async () => {
  const { headers, organizationId } = await somebody();
  const answer = await post('phone\n+12025550101\n', headers);
  expect(answer.status).toBe(201);
  expect(await stored()).toMatchObject([{ id: (await bodyOf(answer)).data.id, organizationId, fileName: 'people.csv', state: 'checking', bytes: 19 }]);
});

test('nobody, a foreign page, a viewer and nonsense get nowhere, and nothing is stored', async () => {
  const { headers } = await somebody('viewer');
  expect((await post('phone\n', { 'sec-fetch-site': 'same-origin' })).status).toBe(401);
  expect((await post('phone\n', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(403);
  expect((await post('phone\n', headers)).status).toBe(403);
  const marketer = await somebody();
  for (const query of [`?fileName=${'x'.repeat(300)}`, '?fileName=%00', `?list=${'x'.repeat(200)}`]) expect((await post('phone\n', marketer.headers, query)).status).toBe(422);
  expect((await post('', marketer.headers)).status).toBe(422);
  expect(await stored()).toEqual([]);
});

test('a file that is too large is refused with 413 before it is read, or as soon as it is', async () => {
  const { headers } = await somebody();
  const declared = await post('phone\n', { ...headers, 'content-length': '200000001' });
  expect([declared.status, (await bodyOf(declared)).message]).toEqual([413, expect.stringContaining('larger than 200 MB')]);
  let sent = 0;
  const piece = new Uint8Array(8_000_000).fill(97);
  const endless = new ReadableStream<Uint8Array>({ pull(controller) { sent += piece.length; controller.enqueue(piece); } });
  expect((await post(endless, headers)).status).toBe(413);
  expect(sent).toBeLessThan(230_000_000);
  expect(await stored()).toEqual([]);
});

test("the error file of another organisation's upload is a 404", async () => {
  const [mine, theirs] = [await somebody(), await somebody()];
  const { data: { id } } = await bodyOf(await post('phone\n555\n', mine.headers));
  const get = (headers: Record<string, string>, which = id) => answerErrorFile(new Request(`${ADDRESS}/${which}/refused.csv`, { headers }), which);
  expect([(await get(theirs.headers)).status, (await get(mine.headers, 'x')).status, (await get({ 'sec-fetch-site': 'cross-site' })).status]).toEqual([404, 404, 403]);
  const answer = await get(mine.headers);
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="people-refused.csv"']);
});
