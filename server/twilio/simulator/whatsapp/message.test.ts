import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import type { JournalEntry } from '#server/twilio/simulator/journal.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication, until } from '#server/twilio/simulator/test-application.ts';

const SENDER = 'whatsapp:+14155551234';
const PERSON = 'whatsapp:+447400123456';
let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;

beforeEach(async () => {
  application = await startApplication(() => ({ status: 200, body: '<Response/>' }));
  simulator = await startSimulator({ speed: 100 });
  simulator.state.config.all.resultMix = {};
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

const client = () => sdkOf(simulator.url, DEMO_ACCOUNT);
const send = (to: string, more: Record<string, unknown>) => client().messages.create({ to, from: SENDER, statusCallback: `${application.url}/status`, ...more });

async function control(path: string, body: object) {
  const answer = await fetch(`${simulator.url}/_sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

async function template(name: string, category = 'UTILITY', types: object = { 'twilio/text': { body: 'Hello {{1}}, your order {{2}} has left our house today and comes soon.' } }) {
  const contents = client().content.v1.contents;
  const content = { friendly_name: name, language: 'en', variables: { 1: 'Ann', 2: '1234' }, types } as unknown as Parameters<typeof contents.create>[0];
  const { sid } = await contents.create(content);
  await contents(sid).approvalCreate.create({ name, category } as unknown as Parameters<ReturnType<typeof contents>['approvalCreate']['create']>[0]);
  await control('approvals', { sid, status: 'approved' });
  return sid;
}

/** The message once its fate is known. */
async function ended(sid: string) {
  await until(() => ['delivered', 'read', 'undelivered', 'failed'].includes(simulator.state.messages.get(sid)?.status ?? ''), 'the end');
  return client().messages(sid).fetch();
}

const fate = async (to: string, more: Record<string, unknown>) => (await ended((await send(to, more)).sid)).errorCode;
const wroteAgo = (secondsAgo: number | null, person = PERSON) => control('windows', { sender: SENDER, person, secondsAgo });

test('P66: a template goes out with its values, is rendered in the list, and the journal knows what was asked', async () => {
  const contentSid = await template('order_sent');
  const created = await send(PERSON, { contentSid, contentVariables: '{"1":"Bob"}' });
  expect(created).toMatchObject({ status: 'queued', from: SENDER, to: PERSON });
  const message = await ended(created.sid);
  expect(message).toMatchObject({ body: 'Hello Bob, your order 1234 has left our house today and comes soon.', numSegments: '1', errorCode: null });
  const { entries } = (await (await fetch(`${simulator.url}/_sim/journal`)).json()) as { entries: JournalEntry[] };
  expect(entries).toMatchObject([{ contentSid, contentVariables: '{"1":"Bob"}', segments: 1, verdict: 'created' }]);
});

test('P44: by service without From, the WhatsApp sender of its pool is chosen', async () => {
  const contentSid = await template('order_sent');
  const { sid } = await send(PERSON, { contentSid, from: undefined, messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid });
  expect((await ended(sid)).from).toBe(SENDER);
  await client().messaging.v1.services(DEMO_ACCOUNT.messagingServiceSid).channelSenders(DEMO_ACCOUNT.whatsAppSenders[0]?.sid ?? '').remove();
  expect(await fate(PERSON, { contentSid, from: undefined, messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid })).toBe(21703);
});

test.each<[string, Record<string, unknown>, number]>([
  ['a sender that is none', { from: 'whatsapp:+14155550000', body: 'Hi' }, 63007],
  ['a sender of another channel', { from: '+14155551234', body: 'Hi' }, 21910],
  ['an unknown content', { contentSid: `HX${'0'.repeat(32)}` }, 21655],
  ['a broken content SID', { contentSid: 'HX1' }, 21655],
  ['variables without content', { body: 'Hi', contentVariables: '{}' }, 21654],
])('P65: %s is refused', async (_, more, code) => {
  await expect(send(PERSON, more)).rejects.toMatchObject({ code, status: 400 });
});

test.each([['not JSON'], ['["Ann"]'], ['{"1":""}'], ['{"1":null}']])('P66: the variables %s are refused', async (contentVariables) => {
  await expect(send(PERSON, { contentSid: await template('order_sent'), contentVariables })).rejects.toMatchObject({ code: 21656, status: 400 });
});

test.each([
  ['{"1":"Ann\\nBob"}', 63013],
  ['{"1":"Ann     Bob"}', 63013],
  [`{"1":"${'x'.repeat(1000)}"}`, 63021],
])('P66: Meta does not take the values %.20s', async (contentVariables, code) => {
  expect(await fate(PERSON, { contentSid: await template('order_sent'), contentVariables })).toBe(code);
});

test('P72: free-form text arrives 23:59:50 after the last message of a person, and not 24 hours after it', async () => {
  await wroteAgo(86_390);
  expect(await fate(PERSON, { body: 'Hi', mediaUrl: ['https://shop.example/a.jpg', 'https://shop.example/b.jpg'] })).toBe(null);
  await wroteAgo(86_400);
  expect(await fate(PERSON, { body: 'Hi' })).toBe(63016);
  expect(await fate('whatsapp:+447400123457', { body: 'Hi' })).toBe(63016);
});

test('P47: 63016 comes in the callback, with the fields of a channel', async () => {
  const { sid, status } = await send(PERSON, { body: 'Hi' });
  expect(status).toBe('queued');
  await ended(sid);
  await until(() => application.received.some((one) => one.form.MessageStatus === 'undelivered'), 'the callback');
  expect(application.received.find((one) => one.form.MessageStatus === 'undelivered')?.form).toMatchObject({
    ErrorCode: '63016', EventType: 'UNDELIVERED', ChannelPrefix: 'whatsapp', ChannelToAddress: '+44740012XXXX', ChannelInstallSid: DEMO_ACCOUNT.whatsAppSenders[0]?.sid, To: PERSON,
  });
});

test.each([
  ['pending', 63016],
  ['rejected', 63040],
  ['paused', 63041],
  ['disabled', 63042],
])('P6: a template that is %s does not arrive', async (status, code) => {
  const contentSid = await template('order_sent');
  await control('approvals', { sid: contentSid, status });
  expect(await fate(PERSON, { contentSid })).toBe(code);
});

test('a template with buttons that lead somewhere needs its approval inside of the window too, a text does not', async () => {
  const action = { type: 'URL', title: 'See it', url: 'https://shop.example/{{1}}' };
  const link = await template('order_link', 'UTILITY', { 'twilio/call-to-action': { body: 'Your order is on its way.', actions: [action] } });
  const text = await template('order_sent');
  for (const sid of [link, text]) await control('approvals', { sid, status: 'pending' });
  await wroteAgo(60);
  expect(await fate(PERSON, { contentSid: link })).toBe(63027);
  expect(await fate(PERSON, { contentSid: text })).toBe(null);
});

test.each([3016, 3018, 3024, 3032, 3049])('the recipient whatsapp:+1500555%i ends with that error', async (tail) => {
  expect(await fate(`whatsapp:+1500555${tail}`, { contentSid: await template('order_sent') })).toBe(60_000 + tail);
});

test('D14: marketing does not reach the United States, utility does, and marketing reaches Canada', async () => {
  const marketing = await template('sale', 'MARKETING', { 'twilio/text': { body: 'Everything is cheaper today.' } });
  expect(await fate('whatsapp:+12025550101', { contentSid: marketing })).toBe(63049);
  expect(await fate('whatsapp:+14165550101', { contentSid: marketing })).toBe(null);
  expect(await fate('whatsapp:+12025550102', { contentSid: await template('order_sent') })).toBe(null);
});

test('P68: beyond the limit of people in a moving day templates end 63018; answers, the same people and the next day do not', async () => {
  await control('whatsapp', { sender: SENDER, messagingLimit: 2 });
  const contentSid = await template('order_sent');
  const people = [0, 1, 2].map((i) => `whatsapp:+44740012345${i}`);
  await wroteAgo(60, people[2]);
  expect(await fate(people[2] ?? '', { contentSid })).toBe(null);
  expect(await fate(people[0] ?? '', { contentSid })).toBe(null);
  expect(await fate(people[1] ?? '', { contentSid })).toBe(null);
  await wroteAgo(null, people[2]);
  simulator.state.clock.advance(7);
  expect(await fate(people[2] ?? '', { contentSid })).toBe(63018);
  expect(await fate(people[0] ?? '', { contentSid })).toBe(null);
  simulator.state.clock.advance(86_400);
  expect(await fate(people[2] ?? '', { contentSid })).toBe(null);
});

test('two messages to the same person within six seconds: the second ends 63018', async () => {
  await wroteAgo(60);
  simulator.state.config.all.pairSeconds = 6_000;
  expect(await fate(PERSON, { body: 'One' })).toBe(null);
  expect(await fate(PERSON, { body: 'Two' })).toBe(63018);
  simulator.state.clock.advance(60);
  expect(await fate(PERSON, { body: 'Three' })).toBe(null);
});

test('P67: a sender sends so many messages a second, whatever their length', async () => {
  await control('whatsapp', { sender: SENDER, throughput: 0.001 });
  await wroteAgo(60);
  await wroteAgo(60, 'whatsapp:+447400123457');
  const first = await send(PERSON, { body: 'x'.repeat(1600) });
  const second = await send('whatsapp:+447400123457', { body: 'Two' });
  await ended(first.sid);
  expect(simulator.state.messages.get(second.sid)?.status).toBe('queued');
  simulator.state.clock.advance(20);
  expect(await ended(second.sid)).toMatchObject({ errorCode: null });
});

test('six in ten read, and the callback of it has no sender', async () => {
  simulator.state.config.all.readShare = 1;
  await wroteAgo(60);
  const { sid } = await send(PERSON, { body: 'Hi' });
  simulator.state.clock.advance(600);
  await until(() => application.received.some((one) => one.form.MessageStatus === 'read'), 'the read receipt');
  const form = application.received.find((one) => one.form.MessageStatus === 'read')?.form;
  expect(form).toMatchObject({ MessageSid: sid, EventType: 'READ', ChannelPrefix: 'whatsapp' });
  expect(form?.ChannelInstallSid).toBeUndefined();
});

test('P82: Meta charges templates by category and country, answers are free of its part', async () => {
  const utility = await template('order_sent');
  const marketing = await template('sale', 'MARKETING', { 'twilio/text': { body: 'Everything is cheaper today.' } });
  await wroteAgo(60, 'whatsapp:+447400123450');
  const cases: [string, Record<string, unknown>, string][] = [
    ['whatsapp:+447400123450', { body: 'Hi' }, '-0.00500'],
    ['whatsapp:+447400123451', { contentSid: utility }, '-0.02700'],
    ['whatsapp:+447400123452', { contentSid: marketing }, '-0.05790'],
    ['whatsapp:+447400123453', { body: 'Hi' }, '-0.00100'],
  ];
  for (const [to, more, price] of cases) {
    const { sid } = await send(to, more);
    await until(() => (simulator.state.messages.get(sid)?.price ?? null) !== null, 'the price');
    expect(simulator.state.messages.get(sid)?.price).toBe(price);
  }
});

test('a content goes to SMS as plain text', async () => {
  const contentSid = await template('order_sent');
  const { sid } = await client().messages.create({ to: '+12025550101', from: '+14155551234', contentSid, contentVariables: '{"1":"Bob"}' });
  expect(await ended(sid)).toMatchObject({ body: expect.stringContaining('Hello Bob'), status: 'delivered' });
});
