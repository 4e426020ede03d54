import { createServer } from 'node:http';
import { afterAll, expect, test, vi } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { messageEvents, workers } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { receiveStatusCallback } from '#server/api/webhook.ts';
import { createContext } from '#server/context.ts';
import { refusedWebhooks } from '#server/domain/operation/refused-webhooks.ts';
import { checkTwilio } from '#server/domain/twilio-account/check.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import { takeReplies } from '#server/domain/twilio-account/take-replies.ts';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';
import { assessCallbacks, assessWorker } from './assess.ts';
import { masked } from './diagnostics.ts';
import { readLinks } from './read.ts';

const { db, url } = await testDatabase();
const simulator = await startSimulator();
// The installation's own door behind a real address, as a proxy would stand before it.
let answer = receiveStatusCallback;
const web = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    void answer(new Request(`http://inside${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) })).then(({ status }) => response.writeHead(status).end());
  });
});
await new Promise<void>((resolve) => { web.listen(0, '127.0.0.1', resolve); });
const address = web.address();
const publicUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
for (const [name, value] of Object.entries({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), TWILIO_BASE_URL: simulator.url, PUBLIC_URL: publicUrl })) vi.stubEnv(name, value);
afterAll(async () => { web.close(); await simulator.close(); });

async function connected() {
  const { id, owner } = await createOrganization(db);
  const account = createAccount(simulator.state, {});
  const keys = credentialsOf(account);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid, numbers } = keys;
  await connectTwilio(ctx, { credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: numbers[0]!.phoneNumber } });
  return { ctx, clock: createContext(db, id, { kind: 'system', task: 'check-connection' }), account, keys };
}
const link = async (ctx: Parameters<typeof readLinks>[0], name: string) => (await readLinks(ctx))?.links.find((one) => one.name === name);

test('P7: every link is there with its moment, and the door takes what is signed and refuses what is not, without a trace', async () => {
  const refused = refusedWebhooks();
  const { ctx } = await connected();
  await inSystem(db, (tx) => tx.insert(workers).values({ id: 'w', lastSeenAt: new Date() }).onConflictDoNothing());
  const view = (await readLinks(ctx))!;
  expect(view.links.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    'API keys: pass', 'Account: pass', 'Balance: pass', 'Messaging service: pass', 'Default sender: pass', 'Registration: pass', 'Replies: pass', 'Webhook signatures: pass', 'Public address: pass',
    'Webhook door: pass', 'Content API: pass', 'Clock: pass', 'Status callbacks: pass', 'Worker: pass', 'Waiting work: pass',
  ]);
  expect(view.links.every(({ checkedAt }) => Date.parse(checkedAt) > 0)).toBe(true);
  expect(await inSystem(db, (tx) => tx.select().from(messageEvents))).toEqual([]);
  expect(refusedWebhooks()).toBe(refused);
});

test('D2: a door that takes what nobody signed, or refuses what is signed, is red', async () => {
  const { ctx } = await connected();
  answer = async () => new Response(null, { status: 204 });
  await checkTwilio(ctx);
  expect(await link(ctx, 'Webhook door')).toMatchObject({ status: 'fail', detail: expect.stringContaining('in place of 403') });
  answer = async () => new Response(null, { status: 403 });
  await checkTwilio(ctx);
  expect(await link(ctx, 'Webhook door')).toMatchObject({ status: 'fail', detail: expect.stringContaining('answered with 403 in place of 204') });
  answer = receiveStatusCallback;
});

test('P73: an address that came here and goes elsewhere now has drifted: red by the clock alone, and one button brings it back', async () => {
  const { ctx, clock, account } = await connected();
  account.services[0]!.inboundRequestUrl = 'https://other.example/sms';
  await checkTwilio(clock);
  expect(await link(ctx, 'Replies')).toMatchObject({ status: 'fail', detail: expect.stringContaining('other.example'), action: 'take_replies' });
  account.services[0]!.inboundRequestUrl = null;
  await checkTwilio(clock);
  expect([(await link(ctx, 'Replies'))?.status, account.services[0]!.inboundRequestUrl]).toEqual(['fail', null]); // the clock changes nothing at Twilio
  await takeReplies(ctx);
  expect([(await link(ctx, 'Replies'))?.status, account.services[0]!.inboundRequestUrl]).toEqual(['pass', `${publicUrl}/connect/webhook/twilio/sms?orgid=${ctx.organizationId}`]);
});

test('a revoked key turns red with its fix and breaks the connection; a Twilio that does not answer breaks nothing', async () => {
  const { ctx, clock, keys } = await connected();
  const known = simulator.state.credentials.get(keys.apiKeySid)!;
  simulator.state.credentials.delete(keys.apiKeySid);
  expect((await checkTwilio(clock)).status).toBe('broken');
  expect(await link(ctx, 'API keys')).toMatchObject({ status: 'fail', detail: 'Twilio refused these keys.', action: 'edit_keys' });
  simulator.state.credentials.set(keys.apiKeySid, known);
  expect((await checkTwilio(clock)).status).toBe('connected');
  vi.stubEnv('TWILIO_BASE_URL', 'http://127.0.0.1:9');
  vi.resetModules();
  const alone = await import('#server/domain/twilio-account/check.ts');
  expect(await alone.checkTwilio(clock)).toMatchObject({ status: 'connected', checks: expect.arrayContaining([expect.objectContaining({ name: 'API keys', status: 'fail', detail: 'Twilio does not answer.' })]) });
  vi.stubEnv('TWILIO_BASE_URL', simulator.url);
});

test('messages that nobody reported on for ten minutes are red, slow reports amber', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  expect(assessCallbacks({ lastAt: null, p95Seconds: null, silent: 0 }, now)[0]?.status).toBe('pass');
  expect(assessCallbacks({ lastAt: minutesAgo(3), p95Seconds: 1.4, silent: 0 }, now)[0]).toMatchObject({ status: 'pass', detail: '95 of 100 messages had their first within 1.4 seconds. The last one came 3 minutes ago.' });
  expect(assessCallbacks({ lastAt: minutesAgo(3), p95Seconds: 70, silent: 0 }, now)[0]?.status).toBe('warn');
  expect(assessCallbacks({ lastAt: minutesAgo(30), p95Seconds: 1, silent: 40 }, now)[0]?.status).toBe('fail');
});

test('a dead worker, work that lies about and tests that do not happen are told', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const told = (lastSeen: string | null, oldestDueSeconds: number | null, checkedAt: string) =>
    assessWorker({ worker: { lastSeen }, oldestDueSeconds } as Parameters<typeof assessWorker>[0], checkedAt, now).map(({ status }) => status); // the two of its facts that it reads
  expect(told('2026-11-23T11:59:57Z', null, '2026-11-23T11:58:00Z')).toEqual(['pass', 'pass']);
  expect(told('2026-11-23T11:50:00Z', 600, '2026-11-23T11:30:00Z')).toEqual(['fail', 'fail', 'warn']);
  expect(told(null, 0, '2026-11-23T11:59:00Z')).toEqual(['fail', 'pass']);
});

test('diagnostics show no whole number, SID or query', async () => {
  const { ctx, keys } = await connected();
  await createBroadcast(db, ctx.organizationId);
  const { diagnostics } = (await readLinks(ctx))!;
  expect(diagnostics).toContain('works · API keys · Twilio accepts them.');
  for (const secret of [keys.accountSid, keys.authToken, keys.apiKeySecret, keys.messagingServiceSid, keys.numbers[0]!.phoneNumber, ctx.organizationId]) expect(diagnostics).not.toContain(secret);
  expect(masked(`whatsapp:+14155551234 in MG${'0'.repeat(28)}abcd at https://a.example/x?orgid=1`)).toBe('whatsapp:+1415***34 in MG…abcd at https://a.example/x?…');
});
