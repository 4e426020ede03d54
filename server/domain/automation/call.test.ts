import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { answering, OURS, wrote } from './automation.fixture.ts';
import { createContact } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import type { Context } from '#server/context.ts';
import { posterTo, postToPublic, type Post, type Reach } from '#server/domain/outbound/post.ts';
import { callRuleWebhooks, WAITS } from './call.ts';
import { callWebhook } from './call-webhook.ts';
import { createRule } from './create.ts';
import { rotateSecret } from './rotate-secret.ts';
import { runRules } from './run.ts';
import { testCall } from './test-call.ts';
import { webhookUrlFault } from './webhook-url.ts';

const { db } = await testDatabase();

const got: Array<{ headers: IncomingHttpHeaders; body: string; url: string }> = [];
let answer = 200;
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), url: request.url! });
    if (answer === -1) request.socket.destroy();
    else if (answer !== 0) response.writeHead(answer, { location: '/elsewhere' }).end('x');
  });
});
await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
const port = (receiver.address() as AddressInfo).port;
afterAll(() => { receiver.close(); receiver.closeAllConnections(); });
beforeEach(() => { got.length = 0; answer = 200; });

/** The receiver stands for the internet: whatever name is called leads there. */
const reach: Reach = { resolve: async () => ['127.0.0.1'], isAllowed: (address) => address === '127.0.0.1', protocols: ['http:'], timeout: 10_000 };
const here = posterTo(reach);
const URL_SAVED = 'https://example.com/hook';

async function owing(): Promise<{ ctx: Context; secret: string; ruleId: string; phone: string }> {
  const ctx = await answering(db);
  const contact = await createContact(db, ctx.organizationId, { firstName: 'Ann' });
  const { id: ruleId, secret } = await createRule(ctx, { name: 'Call me', keywords: ['call me'], actions: [{ type: 'webhook', url: URL_SAVED }] });
  await runRules(ctx, { messageId: await wrote(ctx, contact.phone!, 'Call me!') });
  await inSystem(db, (tx) => tx.update(t.ruleCalls).set({ url: `http://hook.example:${port}/hook` }).where(eq(t.ruleCalls.organizationId, ctx.organizationId)));
  return { ctx, secret: secret!, ruleId, phone: contact.phone! };
}
const callsOf = (ctx: Context) => inSystem(db, (tx) => tx.select().from(t.ruleCalls).where(eq(t.ruleCalls.organizationId, ctx.organizationId)));
const makeDue = (ctx: Context) => inSystem(db, (tx) => tx.update(t.ruleCalls).set({ nextAt: sql`clock_timestamp()` }).where(eq(t.ruleCalls.organizationId, ctx.organizationId)));

function expectSigned({ headers, body }: (typeof got)[number], secret: string) {
  const [, at, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-hailer-signature']))!;
  expect(signature).toBe(createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'));
  expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(60);
}

test('a webhook says what was written, by whom and which rule it met, signed with the secret that was shown once', async () => {
  const { ctx, secret, ruleId, phone } = await owing();
  await callRuleWebhooks(ctx, here);
  expect(got).toHaveLength(1);
  expectSigned(got[0]!, secret);
  const [call] = await callsOf(ctx);
  expect(JSON.parse(got[0]!.body)).toMatchObject({
    event: 'keyword_rule.matched', id: call!.id, rule: { id: ruleId, name: 'Call me' }, message: { text: 'Call me!', from: phone, to: OURS, channel: 'sms' }, contact: { phone, firstName: 'Ann' },
  });
  expect(got[0]!.headers).toMatchObject({ 'content-type': 'application/json', 'x-hailer-event-id': call!.id, host: `hook.example:${port}` });
  expect(call).toMatchObject({ tries: 1, httpStatus: 200, error: null, nextAt: null, doneAt: expect.any(Date) as Date });
  await callRuleWebhooks(ctx, here);
  expect(got).toHaveLength(1);
});

test('what fails is tried again later and later with the same id, and is given up after a day with the last answer', async () => {
  const { ctx } = await owing();
  answer = 503;
  for (let n = 0; n <= WAITS.length; n++) {
    await makeDue(ctx);
    await callRuleWebhooks(ctx, here);
    const [call] = await callsOf(ctx);
    expect(call).toMatchObject({ tries: n + 1, httpStatus: 503, error: 'It answered 503.' });
    const wait = WAITS[n];
    if (wait === undefined) expect([call!.nextAt, call!.doneAt instanceof Date]).toEqual([null, true]);
    else expect(Math.abs(call!.nextAt!.getTime() - Date.now() - wait * 1000)).toBeLessThan(30_000);
    if (n === WAITS.length) break;
  }
  expect(new Set(got.map(({ headers }) => headers['x-hailer-event-id'])).size).toBe(1);
  expect(got).toHaveLength(WAITS.length + 1);
  const day = WAITS.reduce((sum, wait) => sum + wait, 0) / 3600;
  expect(day).toBeGreaterThan(20);
  expect(day).toBeLessThanOrEqual(24);
});

test('of several workers one makes the call', async () => {
  const { ctx } = await owing();
  await Promise.all(Array.from({ length: 5 }, () => callRuleWebhooks(ctx, here)));
  expect(got).toHaveLength(1);
});

test('a redirect is not followed', async () => {
  const { ctx } = await owing();
  answer = 302;
  await callRuleWebhooks(ctx, here);
  expect(got.map(({ url }) => url)).toEqual(['/hook']);
  expect((await callsOf(ctx))[0]!.error).toMatch(/302.*redirect/);
});

test.each([
  'http://example.com/', 'https://localhost/', 'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://intranet/', 'https://db.internal/', 'https://printer.local', 'https://user:pass@example.com/', 'ftp://example.com/', 'x',
])('%s is refused when the rule is saved', (url) => { expect(webhookUrlFault(url)).not.toBeNull(); });
test('an address of the internet is taken', () => { expect(['https://example.com/hook?x=1', 'https://8.8.8.8/', 'https://[2606:4700::1111]:8443/'].map(webhookUrlFault)).toEqual([null, null, null]); });

test('why a call came to nothing is said in words', async () => {
  const to = (url: string, post: Post) => callWebhook({ url, headers: {}, body: '{}' }, post);
  expect(await to(`http://hook.example:${port}/`, postToPublic)).toEqual({ httpStatus: null, error: 'Only https:// addresses are called.' });
  expect(await to(`https://127.0.0.1:${port}/`, postToPublic)).toEqual({ httpStatus: null, error: '127.0.0.1 leads to a private network. Calls go to the public internet only.' });
  expect(await to('http://hook.example:1/', here)).toEqual({ httpStatus: null, error: 'The server refused the connection.' });
  answer = 0;
  expect(await to(`http://hook.example:${port}/`, posterTo({ ...reach, timeout: 200 }))).toEqual({ httpStatus: null, error: 'There was no answer within 0.2 seconds.' });
  answer = -1;
  expect(await to(`http://hook.example:${port}/`, here)).toEqual({ httpStatus: null, error: 'The server broke the connection off.' });
});

test('the test call is signed with the newest secret, and goes only where the saved rule goes', async () => {
  const { ctx, secret, ruleId } = await owing();
  await inSystem(db, (tx) => tx.update(t.keywordRules).set({ actions: [{ type: 'webhook', url: `http://hook.example:${port}/test` }] }).where(eq(t.keywordRules.id, ruleId)));
  const rotated = await rotateSecret(ctx, { id: ruleId });
  expect(rotated.secret).not.toBe(secret);
  expect(await testCall(ctx, { id: ruleId, url: `http://hook.example:${port}/test` }, here)).toMatchObject({ isTaken: true, httpStatus: 200, error: null });
  expectSigned(got[0]!, rotated.secret);
  expect(JSON.parse(got[0]!.body)).toMatchObject({ event: 'keyword_rule.test', message: { text: 'CALL ME' } });
  await expect(testCall(ctx, { id: ruleId, url: 'https://example.com/other' }, here)).rejects.toThrow('Save it first');
});
