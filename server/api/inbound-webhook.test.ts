import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, {
  DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'https://hailer.example', TWILIO_BASE_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'silent',
}));

import { createContact, createSender, twilioSid } from '#db/factories.ts';
import { inSystem, rows, type Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { openAmong } from '#server/domain/sender/window.ts';
import { refusedWebhooks } from '#server/domain/operation/refused-webhooks.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { furnish } from './doors.fixture.ts';
import { receiveInbound } from './inbound-webhook.ts';

const { db } = await testDatabase();
(globalThis as { hailerDatabase?: Db }).hailerDatabase = db;

const OURS = 'whatsapp:+14155551234';
const path = '/connect/webhook/twilio/sms';

async function connected(accountSid = twilioSid('AC')) {
  const { organizationId } = await furnish(db);
  const authToken = twilioSid('');
  const sealed = seal(authToken, { organizationId, field: 'authToken' });
  await inSystem(db, (tx) => tx.execute(sql`update twilio_account set account_sid = ${accountSid}, sealed_auth_token = ${sealed} where organization_id = ${organizationId}`));
  return { organizationId, accountSid, authToken };
}
type Connected = Awaited<ReturnType<typeof connected>>;

const formOf = ({ accountSid }: Connected, more: Record<string, string> = {}) =>
  ({ AccountSid: accountSid, ApiVersion: '2010-04-01', MessageSid: twilioSid('SM'), From: 'whatsapp:+12025559001', To: OURS, Body: 'Is it there yet? 🚚', NumMedia: '0', FromCity: '', ...more });

type Wire = { token?: string | null; query?: string; /** For whom it was signed. */ host?: string; /** What arrives in the place of what was signed. */ instead?: Record<string, string> };

async function post({ authToken, organizationId }: Connected, form: Record<string, string>, more: Wire = {}) {
  const url = `${path}${more.query ?? `?orgid=${organizationId}`}`;
  const signature = createHmac('sha1', more.token ?? authToken).update(`${more.host ?? 'https://hailer.example'}${url}${Object.keys(form).toSorted().map((name) => name + form[name]).join('')}`).digest('base64');
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...(more.token !== null && { 'x-twilio-signature': signature }) };
  return receiveInbound(new Request(`http://inside:3000${url}`, { method: 'POST', headers, body: new URLSearchParams(more.instead ?? form).toString() }));
}

type Kept = { body: string; media: unknown; recipient: string; contactId: string | null; channel: string; isRecent: boolean };
const keptBy = ({ organizationId }: Connected) => inSystem(db, (tx) => rows<Kept>(tx, sql`
  select m.body, m.media, c.recipient, c.contact_id as "contactId", c.channel, c.last_inbound_at > now() - interval '1 minute' as "isRecent"
  from chat_message m join conversation c on c.organization_id = m.organization_id and c.id = m.conversation_id where m.organization_id = ${organizationId} and m.body not like 'canary%' order by m.created_at`));

let us: Connected;
beforeAll(async () => {
  us = await connected();
  await createSender(db, us.organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: OURS });
});

test('P73-P75, P72: a message is kept once, with its files, belongs to its contact and opens the window', async () => {
  const { id: contactId } = await createContact(db, us.organizationId, { phone: '+12025559001' });
  const form = formOf(us, { NumMedia: '1', MediaUrl0: 'https://api.twilio.com/ME1', MediaContentType0: 'image/jpeg' });
  const answers = [await post(us, form), await post(us, form), await post(us, form, { query: '' })];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect([answers[0]!.headers.get('content-type'), await answers[0]!.text()]).toEqual(['text/xml; charset=utf-8', '<?xml version="1.0" encoding="UTF-8"?><Response/>']);
  expect(await keptBy(us)).toEqual([{ body: 'Is it there yet? 🚚', media: [{ url: 'https://api.twilio.com/ME1', contentType: 'image/jpeg' }], recipient: 'whatsapp:+12025559001', contactId, channel: 'whatsapp', isRecent: true }]);
  const ctx = createContext(db, us.organizationId, { kind: 'system', task: 'test' });
  expect([...(await ctx.transaction((tx) => openAmong(tx, ctx, { sender: OURS, seconds: 60 }, ['whatsapp:+12025559001', 'whatsapp:+12025559002'])))]).toEqual(['whatsapp:+12025559001']);
});

test('a repeat does not open the window anew, a later message does', async () => {
  const form = formOf(us, { From: 'whatsapp:+12025559003' });
  await post(us, form);
  const age = () => inSystem(db, (tx) => rows<{ hours: number }>(tx, sql`select round(extract(epoch from now() - last_inbound_at) / 3600)::int as hours from conversation where organization_id = ${us.organizationId} and recipient = 'whatsapp:+12025559003'`));
  await inSystem(db, (tx) => tx.execute(sql`update conversation set last_inbound_at = now() - interval '23 hours' where recipient = 'whatsapp:+12025559003'`));
  await post(us, form);
  expect((await age())[0]!.hours).toBe(23);
  await post(us, formOf(us, { From: 'whatsapp:+12025559003' }));
  expect((await age())[0]!.hours).toBe(0);
});

test('somebody without a visible number is kept as a stranger', async () => {
  expect((await post(us, formOf(us, { From: 'whatsapp:ID.4566546130240823', Body: 'Hello' }))).status).toBe(200);
  expect((await keptBy(us)).at(-1)).toMatchObject({ recipient: 'whatsapp:ID.4566546130240823', contactId: null });
});

test.each<[string, (form: Record<string, string>, one: Connected) => Promise<Response>]>([
  ['without a signature', (form, one) => post(one, form, { token: null })],
  ['with the signature of another token', (form, one) => post(one, form, { token: 'f'.repeat(32) })],
  ['with the signature of an empty token', (form, one) => post(one, form, { token: '' })],
  ['to a number that is not ours', (form, one) => post(one, { ...form, To: 'whatsapp:+14155550000' })],
  ['for an organisation that does not have the account', (form, one) => post(one, form, { query: `?orgid=${crypto.randomUUID()}` })],
  ['signed for another host', (form, one) => post(one, form, { host: 'https://evil.example' })],
  ['signed for this host without TLS', (form, one) => post(one, form, { host: 'http://hailer.example' })],
  ['with a parameter less than was signed', ({ FromCity: _city, ...form }, one) => post(one, { ...form, FromCity: '' }, { instead: form })],
  ['with a parameter more than was signed', (form, one) => post(one, form, { instead: { ...form, OptOutType: 'START' } })],
  ['with another text than was signed', (form, one) => post(one, form, { instead: { ...form, Body: 'START' } })],
  ['with its text moved into the parameter before it', ({ Body: _text, ...form }, one) => post(one, { ...form, Body: 'Hello' }, { instead: { ...form, ApiVersion: '2010-04-01BodyHello' } })],
  ['with a place moved into the one before it', (form, one) => post(one, { ...form, FromCountry: 'US' }, { instead: { ...form, FromCity: 'FromCountryUS' } })],
  ['without a real sid', (form, one) => post(one, { ...form, MessageSid: 'SM1' })],
  ['with more than may be read', (form, one) => post(one, { ...form, Body: 'x'.repeat(70_000) })],
])('D2, P74: %s it is 403, counted, and nothing is kept', async (_, send) => {
  const one = await connected();
  await createSender(db, one.organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: OURS });
  const before = refusedWebhooks();
  expect((await send(formOf(one), one)).status).toBe(403);
  expect([await keptBy(one), refusedWebhooks() - before]).toEqual([[], 1]);
});

const consentOf = ({ organizationId }: Connected, phone: string) => inSystem(db, (tx) => rows<{ optedOut: boolean; source: string | null; events: string[] }>(tx, sql`
  select c.opted_out as "optedOut", c.opted_out_source as source, (select coalesce(json_agg(concat_ws(' ', a.kind, a.detail->>'source', a.detail->>'consentSource') order by a.created_at), '[]') from activity a where a.organization_id = c.organization_id and a.contact_id = c.id) as events
  from contact c where c.organization_id = ${organizationId} and c.phone = ${phone}`));

test('P38, P39: somebody who writes a STOP word on WhatsApp is opted out, once and with an activity; START brings them back, and what is repeated undoes nothing', async () => {
  const phone = '+12025559011';
  await createContact(db, us.organizationId, { phone });
  const write = (Body: string, more = {}) => formOf(us, { From: `whatsapp:${phone}`, Body, ...more });
  const [first, stop] = [write('start'), write(' uNsubscribe\n')];
  await post(us, first);
  expect(await consentOf(us, phone)).toEqual([{ optedOut: false, source: null, events: [] }]);
  for (const form of [stop, write('STOP'), first, stop]) expect((await post(us, form)).status).toBe(200);
  expect(await consentOf(us, phone)).toEqual([{ optedOut: true, source: 'keyword', events: ['opted_out keyword'] }]);
  await post(us, write('Yes'));
  expect((await consentOf(us, phone))[0]!.optedOut).toBe(true);
  for (const form of [write('Start'), stop]) await post(us, form);
  expect(await consentOf(us, phone)).toEqual([{ optedOut: false, source: null, events: ['opted_out keyword', 'opted_in keyword They wrote START.'] }]);
});

test('P38: a word of the service’s own list counts as Twilio understood it, but never against a STOP', async () => {
  const phone = '+12025559012';
  await createContact(db, us.organizationId, { phone });
  const write = (Body: string, OptOutType: string) => post(us, formOf(us, { From: `whatsapp:${phone}`, Body, OptOutType }));
  await write('Arrêt', 'STOP');
  expect((await consentOf(us, phone))[0]!.optedOut).toBe(true);
  await write('stop', 'START');
  await write('info', 'HELP');
  expect((await consentOf(us, phone))[0]!.optedOut).toBe(true);
  await write('Encore', 'START');
  expect((await consentOf(us, phone))[0]!.optedOut).toBe(false);
});

test('P38: a stranger’s STOP waits for whoever brings their number, and is lifted by their START', async () => {
  const write = (phone: string, Body: string) => post(us, formOf(us, { From: `whatsapp:${phone}`, Body }));
  for (const phone of ['+12025559013', '+12025559014']) await write(phone, 'STOP');
  await write('+12025559014', 'START');
  for (const phone of ['+12025559013', '+12025559014']) await createContact(db, us.organizationId, { phone });
  expect([(await consentOf(us, '+12025559013'))[0]!.optedOut, (await consentOf(us, '+12025559014'))[0]!.optedOut]).toEqual([true, false]);
  expect((await post(us, formOf(us, { From: 'whatsapp:ID.4566546130240824', Body: 'STOP' }))).status).toBe(200);
});

test('P38: WhatsApp writes some numbers with a digit more or less; their STOP counts all the same', async () => {
  await createContact(db, us.organizationId, { phone: '+525512345678' });
  await post(us, formOf(us, { From: 'whatsapp:+5215512345678', Body: 'STOP' }));
  expect((await consentOf(us, '+525512345678'))[0]!.optedOut).toBe(true);
  await post(us, formOf(us, { From: 'whatsapp:+5215512345678', Body: 'START' }));
  expect((await consentOf(us, '+525512345678'))[0]!.optedOut).toBe(false);
});

test('P38: an opt-out of one organisation is none of another', async () => {
  const other = await connected();
  await createContact(db, other.organizationId, { phone: '+12025559015' });
  await createContact(db, us.organizationId, { phone: '+12025559015' });
  await post(us, formOf(us, { From: 'whatsapp:+12025559015', Body: 'stop' }));
  expect([(await consentOf(us, '+12025559015'))[0]!.optedOut, (await consentOf(other, '+12025559015'))[0]!.optedOut]).toEqual([true, false]);
});

test("D2: with an account that two organisations claim the number decides, and another's signature counts for nothing", async () => {
  const [one, other] = [await connected(), await connected()];
  await createSender(db, one.organizationId, { channel: 'whatsapp', kind: 'whatsapp', address: OURS });
  await inSystem(db, (tx) => tx.execute(sql`update twilio_account set account_sid = ${one.accountSid} where organization_id = ${other.organizationId}`));
  expect((await post({ ...one, authToken: other.authToken }, formOf(one))).status).toBe(403);
  expect((await post(one, formOf(one), { query: '' })).status).toBe(200);
  expect([(await keptBy(one)).length, (await keptBy(other)).length]).toEqual([1, 0]);
});
