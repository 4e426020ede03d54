import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import type { AccountCredentials } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';

const SPECS = new URL('../../../node_modules/@twilio/cli-core/src/services/twilio-api/', import.meta.url);

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> };
type Spec = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };

const validators = new Map<string, ValidateFunction>();
let simulator: RunningSimulator;
let account: AccountCredentials;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 1000 });
  account = credentialsOf(createAccount(simulator.state, { unregistered: true, tollFree: true, whatsApp: true }));
});
afterAll(() => simulator.close());

/** Calls the simulator and checks its answer against Twilio's own description of `operation`. */
async function check(spec: string, template: string, method: 'get' | 'post' | 'put', parameters: Record<string, string>, form?: Record<string, string> | { json: object }) {
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
  const query = new URLSearchParams(Object.entries(parameters).filter(([name]) => !template.includes(`{${name}}`)));
  const host = spec === 'api_v2010' ? 'api.twilio.com' : `${spec.replace(/_v\d$/, '')}.twilio.com`;
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  const answer = await fetch(`${simulator.url}${path}?${query}`, {
    method,
    headers: { authorization, 'x-twilio-host': host },
    ...(form ? { body: isJson(form) ? JSON.stringify(form.json) : new URLSearchParams(form) } : {}),
  });
  const body = (await answer.json()) as Record<string, Json>;
  const validate = validatorOf(spec, template, method, String(answer.status));
  expect({ errors: validate(body) ? [] : validate.errors, status: answer.status }).toEqual({ errors: [], status: answer.status });
  return body;
}

/** Content and senders take JSON, everything else forms. */
function isJson(body: Record<string, string> | { json: object }): body is { json: object } {
  return typeof body.json === 'object';
}

function validatorOf(spec: string, template: string, method: string, status: string): ValidateFunction {
  const key = `${spec} ${template} ${method} ${status}`;
  const known = validators.get(key);
  if (known) return known;
  const document = toJsonSchema(JSON.parse(readFileSync(new URL(`twilio_${spec}.json`, SPECS), 'utf8'))) as unknown as Spec;
  const schema = document.paths[template]?.[method]?.responses[status]?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`Twilio describes no ${status} answer of ${method} ${template}`);
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  ajv.addFormat('date-time-rfc-2822', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
  ajv.addFormat('http-method', /^(GET|POST)$/);
  for (const name of ['phone-number', 'uri-map', 'currency', 'iso-country-code', 'phone-number-capabilities', 'inbound-sms-price', 'outbound-sms-price', 'phone-number-price']) {
    ajv.addFormat(name, true);
  }
  const validate = ajv.compile({ ...schema, components: document.components });
  validators.set(key, validate);
  return validate;
}

/** OpenAPI 3.0 says `nullable` beside type or reference, and Twilio keeps the real type of prices in an extension. */
function toJsonSchema(node: Json): Json {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node;
  const extension = rest['x-twilio'];
  if (typeof extension === 'object' && extension && 'overrideType' in extension) rest.type = extension.overrideType as Json;
  // The 2010 API answers with relative links, and with usage prices as strings; Twilio's own examples show both.
  if (rest.format === 'uri') rest.format = 'uri-reference';
  if (rest.type === 'number') rest.type = ['number', 'string'];
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

const MESSAGES = '/2010-04-01/Accounts/{AccountSid}/Messages.json';

test('account, balance and usage are as Twilio describes them', async () => {
  const AccountSid = account.accountSid;
  await check('api_v2010', '/2010-04-01/Accounts/{Sid}.json', 'get', { Sid: AccountSid });
  await check('api_v2010', '/2010-04-01/Accounts/{AccountSid}/Balance.json', 'get', { AccountSid });
  await check('api_v2010', '/2010-04-01/Accounts/{AccountSid}/Usage/Records.json', 'get', { AccountSid });
});

test('messages are as Twilio describes them: created, fetched, listed, changed', async () => {
  const AccountSid = account.accountSid;
  const form = { To: '+12025550101', Body: 'Hello', MessagingServiceSid: account.messagingServiceSid };
  const { sid } = await check('api_v2010', MESSAGES, 'post', { AccountSid }, form);
  await check('api_v2010', MESSAGES, 'post', { AccountSid }, { ...form, MediaUrl: 'https://shop.example/a.jpg' });
  const one = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json';
  await check('api_v2010', one, 'get', { AccountSid, Sid: String(sid) });
  await check('api_v2010', one, 'post', { AccountSid, Sid: String(sid) }, { Body: '' });
  const daily = await check('api_v2010', '/2010-04-01/Accounts/{AccountSid}/Usage/Records/Daily.json', 'get', { AccountSid, Category: 'sms-outbound', PageSize: '1' });
  expect(daily.usage_records).toMatchObject([{ category: 'sms-outbound', count: '2' }]);
  await check('api_v2010', MESSAGES, 'get', { AccountSid, PageSize: '1' });
  await check('api_v2010', MESSAGES, 'get', { AccountSid, PageSize: '1', Page: '1' });
});

test('numbers are as Twilio describes them: for sale, bought, listed, changed', async () => {
  const AccountSid = account.accountSid;
  const search = '/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{CountryCode}';
  const found = await check('api_v2010', `${search}/Local.json`, 'get', { AccountSid, CountryCode: 'US', AreaCode: '512' });
  await check('api_v2010', `${search}/TollFree.json`, 'get', { AccountSid, CountryCode: 'US' });
  await check('api_v2010', `${search}/Mobile.json`, 'get', { AccountSid, CountryCode: 'GB', SmsEnabled: 'true' });
  await check('pricing_v1', '/v1/PhoneNumbers/Countries', 'get', {});
  await check('pricing_v1', '/v1/PhoneNumbers/Countries/{IsoCountry}', 'get', { IsoCountry: 'US' });
  const [first] = found.available_phone_numbers as { phone_number: string }[];
  const list = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json';
  const { sid } = await check('api_v2010', list, 'post', { AccountSid }, { PhoneNumber: first?.phone_number ?? '' });
  await check('api_v2010', list, 'get', { AccountSid });
  const one = '/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers/{Sid}.json';
  await check('api_v2010', one, 'post', { AccountSid, Sid: String(sid) }, { SmsUrl: 'https://app.example/sms' });
  await check('api_v2010', one, 'get', { AccountSid, Sid: String(sid) });
});

test('services and their sender pools are as Twilio describes them', async () => {
  const { sid } = await check('messaging_v1', '/v1/Services', 'post', {}, { FriendlyName: 'Second' });
  await check('messaging_v1', '/v1/Services', 'get', {});
  await check('messaging_v1', '/v1/Services/{Sid}', 'get', { Sid: String(sid) });
  await check('messaging_v1', '/v1/Services/{Sid}', 'post', { Sid: String(sid) }, { InboundRequestUrl: 'https://app.example/sms' });
  const pool = '/v1/Services/{ServiceSid}/PhoneNumbers';
  const number = account.numbers[1]?.sid ?? '';
  await check('messaging_v1', pool, 'post', { ServiceSid: String(sid) }, { PhoneNumberSid: number });
  await check('messaging_v1', pool, 'get', { ServiceSid: String(sid) });
  await check('messaging_v1', `${pool}/{Sid}`, 'get', { ServiceSid: String(sid), Sid: number });
});

test.each(['VERIFIED', 'FAILED', 'PENDING'] as const)('registrations are as Twilio describes them: campaign %s', async (campaignStatus) => {
  const brandStatus = campaignStatus === 'FAILED' ? 'FAILED' : 'APPROVED';
  const tollFreeStatus = campaignStatus === 'FAILED' ? 'TWILIO_REJECTED' : 'TWILIO_APPROVED';
  const body = JSON.stringify({ accountSid: account.accountSid, campaignStatus, brandStatus, tollFreeStatus });
  await fetch(`${simulator.url}/_sim/registrations`, { method: 'POST', body });
  const campaigns = '/v1/Services/{MessagingServiceSid}/Compliance/Usa2p';
  const MessagingServiceSid = account.messagingServiceSid;
  await check('messaging_v1', campaigns, 'get', { MessagingServiceSid });
  await check('messaging_v1', `${campaigns}/{Sid}`, 'get', { MessagingServiceSid, Sid: account.campaignSid ?? '' });
  await check('messaging_v1', '/v1/a2p/BrandRegistrations', 'get', {});
  await check('messaging_v1', '/v1/a2p/BrandRegistrations/{Sid}', 'get', { Sid: account.brandSid });
  const found = await check('messaging_v1', '/v1/Tollfree/Verifications', 'get', {});
  const [first] = found.verifications as { sid: string }[];
  await check('messaging_v1', '/v1/Tollfree/Verifications/{Sid}', 'get', { Sid: first?.sid ?? '' });
});

test('senders, prices and consents are as Twilio describes them', async () => {
  await check('messaging_v2', '/v2/Channels/Senders', 'get', { Channel: 'whatsapp' });
  await check('pricing_v1', '/v1/Messaging/Countries', 'get', {});
  const us = await check('pricing_v1', '/v1/Messaging/Countries/{IsoCountry}', 'get', { IsoCountry: 'US' });
  expect(JSON.stringify(us.outbound_sms_prices)).toContain('"current_price":"0.0083"');
  const items = JSON.stringify([{ contact_id: 'nobody', correlation_id: 'x', sender_id: account.messagingServiceSid, status: 'opt-out' }]);
  await check('accounts_v1', '/v1/Consents/Bulk', 'post', {}, { Items: items });
});

test('templates and their approvals are as Twilio describes them', async () => {
  const types = { 'twilio/text': { body: 'Your order {{1}} is on its way to you.' }, 'twilio/quick-reply': { body: 'Your order {{1}} is on its way to you.', actions: [{ type: 'QUICK_REPLY', title: 'Thanks', id: 'thanks' }] } };
  const json = { friendly_name: 'Order', language: 'en_US', variables: { 1: '1234' }, types };
  const { sid } = await check('content_v1', '/v1/Content', 'post', {}, { json });
  const Sid = String(sid);
  await check('content_v1', '/v1/Content/{Sid}', 'put', { Sid }, { json });
  await check('content_v1', '/v1/Content/{Sid}', 'get', { Sid });
  await check('content_v1', '/v1/Content', 'get', {});
  await check('content_v1', '/v1/Content/{Sid}/ApprovalRequests', 'get', { Sid });
  await check('content_v1', '/v1/Content/{ContentSid}/ApprovalRequests/whatsapp', 'post', { ContentSid: Sid }, { json: { name: 'order', category: 'UTILITY' } });
  await check('content_v1', '/v1/Content/{Sid}/ApprovalRequests', 'get', { Sid });
  await check('content_v1', '/v1/ContentAndApprovals', 'get', { PageSize: '1' });
  await check('content_v2', '/v2/Content', 'get', { ContentName: 'order' });
  await check('content_v2', '/v2/ContentAndApprovals', 'get', { SortByDate: 'desc' });
});

test('event sinks and subscriptions are as Twilio describes them', async () => {
  const configuration = JSON.stringify({ destination: 'https://app.example/events', method: 'POST', batch_events: false });
  const sink = await check('events_v1', '/v1/Sinks', 'post', {}, { Description: 'Hailer', SinkType: 'webhook', SinkConfiguration: configuration });
  await check('events_v1', '/v1/Sinks', 'get', {});
  await check('events_v1', '/v1/Sinks/{Sid}', 'get', { Sid: String(sink.sid) });
  const types = JSON.stringify([{ type: 'com.twilio.messaging.template.approval.updated', schema_version: 1 }]);
  const subscription = await check('events_v1', '/v1/Subscriptions', 'post', {}, { Description: 'Hailer', SinkSid: String(sink.sid), Types: types });
  await check('events_v1', '/v1/Subscriptions', 'get', {});
  await check('events_v1', '/v1/Subscriptions/{Sid}', 'get', { Sid: String(subscription.sid) });
  await check('events_v1', '/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents', 'get', { SubscriptionSid: String(subscription.sid) });
});

test('WhatsApp senders are as Twilio describes them: listed, registered, configured, in a pool', async () => {
  const one = '/v2/Channels/Senders/{Sid}';
  const Sid = account.whatsAppSenders[0]?.sid ?? '';
  await check('messaging_v2', '/v2/Channels/Senders', 'get', { Channel: 'whatsapp' });
  await check('messaging_v2', one, 'get', { Sid });
  await check('messaging_v2', one, 'post', { Sid }, { json: { webhook: { callback_url: 'https://app.example/sms', callback_method: 'POST' } } });
  const created = await check('messaging_v2', '/v2/Channels/Senders', 'post', {}, { json: { sender_id: `whatsapp:${account.numbers[1]?.phoneNumber}`, profile: { name: 'Shop' } } });
  const pool = '/v1/Services/{MessagingServiceSid}/ChannelSenders';
  const MessagingServiceSid = account.messagingServiceSid;
  await check('messaging_v1', pool, 'post', { MessagingServiceSid }, { Sid: String(created.sid) });
  await check('messaging_v1', pool, 'get', { MessagingServiceSid });
  await check('messaging_v1', `${pool}/{Sid}`, 'get', { MessagingServiceSid, Sid });
});
