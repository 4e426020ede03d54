import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';

const signed = vi.hoisted(() => {
  Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'silent' });
  return { in: null as unknown };
});
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('#server/auth.ts', async (original) => ({ ...(await original<typeof import('#server/auth.ts')>()), signedIn: async () => signed.in }));

import { eq } from 'drizzle-orm';
import { twilioSid } from '#db/factories.ts';
import { inSystem, type Db } from '#db/index.ts';
import { chatMessages, conversations, twilioAccounts } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { furnish, person, type Furnished, type Person } from './doors.fixture.ts';
import { answerMedia } from './media.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

let twilio: Server;
let type = 'image/jpeg';
let ours: Furnished;
let viewer: Person;
let messageId: string;
beforeAll(async () => {
  twilio = createServer((_request, response) => { response.writeHead(200, { 'content-type': type }).end('bytes'); });
  await new Promise<void>((resolve) => { twilio.listen(0, '127.0.0.1', resolve); });
  process.env.TWILIO_BASE_URL = `http://127.0.0.1:${(twilio.address() as AddressInfo).port}`;
  ours = await furnish(db);
  viewer = await person(db, ours.organizationId, 'viewer');
  messageId = await messageWithFile(ours);
});
afterAll(() => { twilio.close(); });
beforeEach(() => { signed.in = viewer.session; type = 'image/jpeg'; });

/** A picture that somebody sent to this organisation. */
async function messageWithFile({ organizationId }: Furnished) {
  const accountSid = twilioSid('AC');
  return inSystem(db, async (tx) => {
    await tx.update(twilioAccounts).set({ accountSid, sealedApiKeySecret: seal('secret', { organizationId, field: 'apiKeySecret' }), sealedAuthToken: null }).where(eq(twilioAccounts.organizationId, organizationId));
    const [conversation] = await tx.select().from(conversations).where(eq(conversations.organizationId, organizationId));
    const url = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${twilioSid('MM')}/Media/${twilioSid('ME')}`;
    const [message] = await tx.insert(chatMessages).values({ organizationId, conversationId: conversation!.id, direction: 'inbound', sid: twilioSid('MM'), media: [{ url, contentType: 'image/jpeg' }] }).returning();
    return message!.id;
  });
}

const ask = (headers: Record<string, string> = {}, { id = messageId, index = '0' } = {}) => answerMedia(new Request(`http://localhost:3000/inbox/media/${id}/${index}`, { headers: { 'sec-fetch-site': 'same-origin', ...headers } }), { messageId: id, index });
const header = (answer: Response, name: string) => answer.headers.get(name) ?? '';

test('P75: any member sees a picture that somebody sent, in the page, as nothing but a picture', async () => {
  const answer = await ask();
  expect([answer.status, await answer.text(), header(answer, 'content-type'), header(answer, 'x-content-type-options'), header(answer, 'cache-control')]).toEqual([200, 'bytes', 'image/jpeg', 'nosniff', 'private, max-age=3600']);
  expect([header(answer, 'content-disposition'), header(answer, 'content-security-policy')]).toEqual([expect.stringMatching(/^inline; filename="[0-9a-f]{8}-0\.jpg"$/), expect.stringMatching(/^default-src 'none'.*sandbox$/)]);
});

test.each([['text/html', 'attachment', ''], ['image/svg+xml', 'attachment', ''], ['application/xhtml+xml', 'attachment', ''], ['text/vcard; charset=utf-8', 'attachment', '.vcf'], ['TEXT/HTML', 'attachment', ''], ['', 'inline', '.jpg']])('what says that it is %j comes as %s', async (contentType, disposition, ending) => {
  type = contentType;
  const answer = await ask();
  expect(header(answer, 'content-type')).toBe(disposition === 'inline' ? 'image/jpeg' : 'application/octet-stream');
  expect(header(answer, 'content-disposition')).toMatch(new RegExp(`^${disposition}; filename="[0-9a-f]{8}-0${ending.replace('.', '\\.')}"$`));
  expect(header(answer, 'content-security-policy')).toContain('sandbox');
});

test('sound and films play in the page; a PDF opens in the browser’s own viewer, which takes no sandbox', async () => {
  for (const each of ['audio/ogg', 'video/mp4', 'application/pdf']) {
    type = each;
    const answer = await ask();
    expect([header(answer, 'content-type'), header(answer, 'content-disposition').split(';')[0], header(answer, 'content-security-policy').includes('sandbox')]).toEqual([each, 'inline', each !== 'application/pdf']);
  }
});

test('nobody without a session or a token, no foreign page and no other organisation gets it', async () => {
  expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  signed.in = null;
  expect((await ask()).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${viewer.token}` })).status).toBe(200);
  const stranger = await furnish(db);
  signed.in = (await person(db, stranger.organizationId, 'owner')).session;
  expect((await ask()).status).toBe(404);
});

test.each([{ index: '1' }, { index: '-1' }, { index: '0x0' }, { index: '__proto__' }, { id: 'x' }, { id: '00000000-0000-4000-8000-000000000000' }])('%j is no file', async (where) => {
  expect((await ask({}, where)).status).toBe(404);
});
