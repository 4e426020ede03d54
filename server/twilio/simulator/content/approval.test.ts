import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication, until } from '#server/twilio/simulator/test-application.ts';

let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;

beforeEach(async () => {
  application = await startApplication();
  simulator = await startSimulator();
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

const client = () => sdkOf(simulator.url, DEMO_ACCOUNT);
const contents = () => client().content.v1.contents;
const BODY = 'Hello {{1}}, your order {{2}} has left our house today and will be with you soon.';

type Created = Parameters<ReturnType<typeof contents>['create']>[0];
type Asked = Parameters<ReturnType<ReturnType<typeof contents>>['approvalCreate']['create']>[0];

async function create(body = BODY, language = 'en') {
  // The SDK's type wants its own names, what it sends are Twilio's.
  const content = { friendly_name: 'Order', language, variables: { 1: 'Ann', 2: '1234' }, types: { 'twilio/text': { body } } } as unknown as Created;
  return (await contents().create(content)).sid;
}

const ask = (sid: string, name: string, category = 'UTILITY') => contents()(sid).approvalCreate.create({ name, category } as unknown as Asked);
const stateOf = async (sid: string) => (await contents()(sid).approvalFetch().fetch()).whatsapp;
const control = (path: string, body: object) => fetch(`${simulator.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
const wait = (seconds: number) => simulator.state.clock.advance(seconds);

test('P58: a template is received, pending after three seconds and approved after ten', async () => {
  const sid = await create();
  expect(await stateOf(sid)).toMatchObject({ status: 'unsubmitted' });
  expect(await ask(sid, 'order_sent')).toMatchObject({ status: 'received', category: 'UTILITY', name: 'order_sent' });
  wait(3);
  expect(await stateOf(sid)).toMatchObject({ status: 'pending' });
  wait(7);
  expect(await stateOf(sid)).toMatchObject({ status: 'approved', rejection_reason: '' });
});

test.each([
  ['order_reject', 'INCORRECT_CATEGORY'],
  ['order_reject_format', 'INVALID_FORMAT'],
  ['order_reject_end', 'start or at the end'],
  ['order_reject_scam', 'SCAM'],
])('P60: %s is rejected with a reason', async (name, reason) => {
  const sid = await create();
  await ask(sid, name);
  wait(10);
  expect(await stateOf(sid)).toMatchObject({ status: 'rejected', rejection_reason: expect.stringContaining(reason) });
});

test.each([
  ['order_recat', [[10, { status: 'approved', category: 'MARKETING' }]]],
  ['order_pause', [[10, { status: 'approved' }], [10, { status: 'paused' }], [20, { status: 'approved' }]]],
  ['order_disable', [[20, { status: 'paused' }], [10, { status: 'disabled' }]]],
] as [string, [number, object][]][])('D7: %s goes its scripted way', async (name, way) => {
  const sid = await create();
  await ask(sid, name);
  for (const [seconds, state] of way) {
    wait(seconds);
    expect(await stateOf(sid)).toMatchObject(state);
  }
});

test('P79: a name of one language never comes back, not after a deletion either; another language may have it', async () => {
  const first = await create();
  await ask(first, 'order_sent');
  await expect(ask(first, 'order_sent_v2')).rejects.toMatchObject({ status: 400, code: 20001 });
  await contents()(first).remove();
  await expect(contents()(first).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  const second = await create();
  await expect(ask(second, 'order_sent')).rejects.toMatchObject({ status: 400, code: 20001 });
  expect(await ask(await create(BODY, 'de'), 'order_sent')).toMatchObject({ status: 'received' });
});

test('P61: the same text as an existing template is rejected, the text of a rejected one is not', async () => {
  await ask(await create(), 'order_reject');
  wait(10);
  const second = await create();
  await ask(second, 'order_sent');
  const third = await create();
  await ask(third, 'order_sent_again');
  wait(10);
  expect(await stateOf(second)).toMatchObject({ status: 'approved' });
  expect(await stateOf(third)).toMatchObject({ status: 'rejected', rejection_reason: expect.stringContaining('same content as an existing template, order_sent') });
});

test.each([
  ['a gap', 'Hello {{1}}, your order {{3}} is on its way to you now.'],
  ['a name for a position', 'Hello {{name}}, your order is on its way to you now.'],
  ['a variable at the start', '{{1}}, your order is on its way to you now.'],
  ['a variable before the last full stop', 'Your order is on its way to you now, {{1}}.'],
  ['neighbours', 'Hello {{1}} {{2}}, your order is on its way to you now.'],
  ['a body of 1,025 characters', 'x'.repeat(1025)],
  ['a shortened link', 'Your order is on its way, see https://bit.ly/abc for more.'],
])('P48: %s is refused at the submit', async (_, body) => {
  await expect(ask(await create(body), 'order_sent')).rejects.toMatchObject({ status: 400, code: 20001 });
});

test('P50: name and category are checked', async () => {
  const sid = await create();
  await expect(ask(sid, 'Order sent')).rejects.toMatchObject({ code: 20001 });
  await expect(ask(sid, 'order_sent', 'NEWS')).rejects.toMatchObject({ code: 20001 });
  await expect(ask(sid, 'order_sent', 'AUTHENTICATION')).rejects.toMatchObject({ code: 20001 });
});

test('too few words for its variables is what Meta rejects later', async () => {
  const sid = await create('Order {{1}} sent {{2}} today');
  await ask(sid, 'order_sent');
  wait(10);
  expect(await stateOf(sid)).toMatchObject({ status: 'rejected', rejection_reason: expect.stringContaining('too many variable parameters') });
});

test('P56: the list of contents and approvals is paged, newest first', async () => {
  const sids: string[] = [];
  for (let i = 0; i < 5; i++) sids.unshift(await create());
  const first = await client().content.v1.contentAndApprovals.page({ pageSize: 2 });
  const second = await first.nextPage();
  const third = await second?.nextPage();
  expect([first, second, third].flatMap((page) => page?.instances.map((one) => one.sid))).toEqual(sids);
  await ask(sids[0] ?? '', 'order_sent');
  wait(10);
  const approved = await client().content.v2.contentAndApprovals.list({ channelEligibility: ['whatsapp:approved'] });
  expect(approved).toMatchObject([{ sid: sids[0], approvalRequests: { name: 'order_sent', status: 'approved' } }]);
});

test('P59: each change reaches the webhook of a subscribed sink, as a signed CloudEvent', async () => {
  const sink = await client().events.v1.sinks.create({ description: 'Hailer', sinkType: 'webhook', sinkConfiguration: { destination: `${application.url}/events?org=1`, method: 'POST' } });
  const types = [{ type: 'com.twilio.messaging.template.approval.updated', schema_version: 1 }];
  const subscription = await client().events.v1.subscriptions.create({ description: 'Hailer', sinkSid: sink.sid, types });
  const sid = await create();
  await ask(sid, 'order_recat');
  wait(10);
  await until(() => application.received.length === 3, 'three events');
  const events = application.received.map((one) => JSON.parse(one.body)[0]);
  expect(events.map(({ data }) => [data.type, data.template.previousValue, data.template.currentValue]).sort()).toEqual([
    ['category_update', 'UTILITY', 'MARKETING'],
    ['status_update', 'pending', 'approved'],
    ['status_update', 'received', 'pending'],
  ]);
  expect(events[0]).toMatchObject({ specversion: '1.0', type: types[0]?.type, data: { accountSid: DEMO_ACCOUNT.accountSid, channel: 'whatsapp', template: { sid, externalTemplateName: 'order_recat', language: 'en' } } });
  for (const { url, body, headers } of application.received) {
    expect(twilio.validateRequestWithBody(DEMO_ACCOUNT.authToken, headers['x-twilio-signature'] ?? '', application.url + url, body)).toBe(true);
  }
  await expect(client().events.v1.sinks(sink.sid).remove()).rejects.toMatchObject({ status: 409 });
  await client().events.v1.subscriptions(subscription.sid).remove();
  await client().events.v1.sinks(sink.sid).remove();
  expect(await client().events.v1.sinks.list()).toEqual([]);
});

test('the control decides at once and drops what was scripted', async () => {
  const sid = await create();
  await ask(sid, 'order_sent');
  await control('approvals', { sid, status: 'rejected', reason: 'PROMOTIONAL: not useful' });
  wait(60);
  expect(await stateOf(sid)).toMatchObject({ status: 'rejected', rejection_reason: 'PROMOTIONAL: not useful' });
  await control('approvals', { name: 'order_sent', status: 'approved', category: 'MARKETING' });
  expect(await stateOf(sid)).toMatchObject({ status: 'approved', category: 'MARKETING', rejection_reason: '' });
  expect((await control('approvals', { sid, status: 'fine' })).status).toBe(400);
});
