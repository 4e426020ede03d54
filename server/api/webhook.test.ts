import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'https://hailer.example', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent',
}));

import { twilioSid } from '#db/factories.ts';
import { inSystem, rows, type Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { furnish } from './doors.fixture.ts';
import { receiveStatusCallback } from './webhook.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

/** An organisation with an account, whose one message waits for its receipt. */
async function connected(accountSid = twilioSid('AC')) {
  const { organizationId, phone, broadcastId } = await furnish(db);
  const [authToken, sid, attempt] = [twilioSid(''), twilioSid('SM'), twilioSid('')];
  const sealed = seal(authToken, { organizationId, field: 'authToken' });
  await inSystem(db, async (tx) => {
    await tx.execute(sql`update twilio_account set account_sid = ${accountSid}, sealed_auth_token = ${sealed} where organization_id = ${organizationId}`);
    await tx.execute(sql`update attempt set account_sid = ${accountSid}, sid = ${sid}, token = ${attempt} where organization_id = ${organizationId}`);
  });
  const form = { AccountSid: accountSid, ApiVersion: '2010-04-01', From: '+14155551234', MessageSid: sid, MessageStatus: 'delivered', SmsSid: sid, SmsStatus: 'delivered', To: phone };
  return { organizationId, broadcastId, accountSid, authToken, sid, attempt, form, query: `?orgid=${organizationId}&attempt=${attempt}` };
}
type Connected = Awaited<ReturnType<typeof connected>>;

const path = '/connect/webhook/twilio/status';
/** As Twilio signs: URL, then the parameters in order, name and value without anything between. */
const signature = (token: string, url: string, form: Array<[string, string]>) => createHmac('sha1', token)
  .update(url + form.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value).join('')).digest('base64');

async function callBack({ authToken, form, query }: Connected, more: { token?: string; sent?: Array<[string, string]>; query?: string; signedQuery?: string; signature?: string | null; host?: string } = {}) {
  const signed = more.signature === undefined ? signature(more.token ?? authToken, `https://hailer.example${path}${more.signedQuery ?? more.query ?? query}`, Object.entries(form)) : more.signature;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(signed !== null && { 'x-twilio-signature': signed }) };
  const body = new URLSearchParams(more.sent ?? Object.entries(form)).toString();
  return (await receiveStatusCallback(new Request(`http://${more.host ?? 'inside:3000'}${path}${more.query ?? query}`, { method: 'POST', headers, body }))).status;
}
const facts = (organizationId: string, sid: string) => inSystem(db, (tx) => rows<{ status: string }>(tx, sql`select provider_status as status from message_event where organization_id = ${organizationId} and sid = ${sid}`));

let us: Connected;
beforeAll(async () => { us = await connected(); });

test('D2: what Twilio signed is stored, whatever host the request names', async () => {
  expect(await callBack(us, { host: 'evil.example' })).toBe(204);
  expect(await facts(us.organizationId, us.sid)).toEqual([{ status: 'delivered' }]);
});

test.each<[string, (one: Connected) => Parameters<typeof callBack>[1]]>([
  ['no signature', () => ({ signature: null })],
  ['an empty signature', () => ({ signature: '' })],
  ['a signature by another token', () => ({ token: 'f'.repeat(32) })],
  ['a signature by an empty token', () => ({ token: '' })],
  ['a value that was changed', ({ form }) => ({ sent: Object.entries({ ...form, MessageStatus: 'failed' }) })],
  ['a parameter that was added', ({ form }) => ({ sent: [...Object.entries(form), ['ErrorCode', '21610']] })],
  ['a parameter twice', ({ form }) => ({ sent: [...Object.entries(form), ['MessageStatus', 'delivered']] })],
  ['a name that took letters of its value', ({ form }) => ({ sent: Object.entries(form).map(([name, value]) => (name === 'MessageStatus' ? ['MessageStatusde', 'livered'] : [name, value])) })],
  ['a value that took the next name', ({ form }) => ({ sent: Object.entries(form).flatMap(([name, value]) => (name === 'MessageSid' ? [['MessageSid', `${value}MessageStatusdelivered`] as [string, string]] : name === 'MessageStatus' ? [] : [[name, value] as [string, string]])) })],
  ['another organisation in the address', ({ query, organizationId }) => ({ query: query.replace(organizationId, crypto.randomUUID()), signedQuery: query })],
  ['no organisation in an address that was signed with one', ({ query }) => ({ query: '', signedQuery: query })],
  ['an organisation that is none', () => ({ query: "?orgid=1' or 1=1" })],
])('D2: %s is 403 and stores nothing', async (_, forged) => {
  const one = await connected();
  expect(await callBack(one, forged(one))).toBe(403);
  expect(await facts(one.organizationId, one.sid)).toEqual([]);
});

test("D2: an organisation that claims another's account signs nothing for it, and its own signature moves nothing of the other", async () => {
  const victim = await connected();
  const thief = await connected(victim.accountSid);
  expect(await callBack(victim, { token: thief.authToken })).toBe(403);
  expect(await callBack(thief, { query: victim.query, signedQuery: victim.query })).toBe(403);
  const posing: Connected = { ...victim, authToken: thief.authToken, query: thief.query };
  expect(await callBack(posing)).toBe(204);
  expect(await facts(victim.organizationId, victim.sid)).toEqual([]);
  expect(await facts(thief.organizationId, victim.sid)).toEqual([]);
});

test('a body without an end is cut off and answered 403', async () => {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({ pull(controller) { taken += 10_000; if (taken > 20_000_000) controller.close(); else controller.enqueue(new Uint8Array(10_000)); } });
  const { status } = await receiveStatusCallback(new Request(`http://inside${path}`, { method: 'POST', body, duplex: 'half' } as RequestInit));
  expect(status).toBe(403);
  expect(taken).toBeLessThan(200_000);
});
