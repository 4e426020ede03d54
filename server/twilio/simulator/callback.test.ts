import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication, until, type ReceivedWebhook } from '#server/twilio/simulator/test-application.ts';

let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;
let answer: (webhook: ReceivedWebhook, nth: number) => { status: number };

beforeEach(async () => {
  answer = () => ({ status: 204 });
  application = await startApplication((webhook, nth) => answer(webhook, nth));
  simulator = await startSimulator({ speed: 100 });
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

function send(to: string, fragment = '') {
  return sdkOf(simulator.url, DEMO_ACCOUNT).messages.create({
    to,
    body: 'Hello',
    messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid,
    statusCallback: `${application.url}/status?t=1${fragment}`,
  });
}

const statuses = () => application.received.map((webhook) => webhook.form.MessageStatus);

/** Waits until nothing more can come for a message. */
async function settled(sid: string) {
  const message = simulator.state.messages.get(sid);
  await until(() => message?.steps.length === 0 && simulator.state.callbacks.counters.inFlight === 0, 'the last callback');
}

test('P35: queued, sent and delivered are reported, the initial status is not', async () => {
  await settled((await send('+12025550101')).sid);
  expect(statuses().sort()).toEqual(['delivered', 'queued', 'sent']);
});

test('P82: a status callback never carries a price', async () => {
  await settled((await send('+12025550101')).sid);
  for (const { form } of application.received) expect(Object.keys(form).filter((name) => /price/i.test(name))).toEqual([]);
});

test('P74: every callback is signed over the URL without its fragment and has an idempotency token', async () => {
  await settled((await send('+12025550101', '#rc=2&rp=all')).sid);
  for (const { url, form, headers } of application.received) {
    const signature = headers['x-twilio-signature'] ?? '';
    expect(twilio.validateRequest(DEMO_ACCOUNT.authToken, signature, application.url + url, form)).toBe(true);
    expect(headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('a failure carries its code', async () => {
  await settled((await send('+15005553005')).sid);
  expect(application.received.find((one) => one.form.MessageStatus === 'undelivered')?.form).toMatchObject({ ErrorCode: '30005' });
});

test('without overrides an HTTP 500 is not tried again', async () => {
  answer = () => ({ status: 500 });
  await settled((await send('+15005560001')).sid);
  expect(statuses().sort()).toEqual(['queued', 'sent']);
});

test('rc=3 and rp=all try an HTTP 500 up to three times more, with the same token', async () => {
  answer = (_, nth) => ({ status: nth < 3 ? 500 : 200 });
  const { sid } = await send('+15005560001', '#rc=3&rp=all');
  await until(() => application.received.length === 4, 'two retries');
  await settled(sid);
  const tokens = application.received.map((one) => one.headers['i-twilio-idempotency-token']);
  expect(new Set(tokens).size).toBe(2);
});

test('a refused connection is tried once more', async () => {
  const gone = await startApplication();
  await gone.close();
  const message = await sdkOf(simulator.url, DEMO_ACCOUNT).messages.create({
    to: '+15005560001',
    body: 'Hello',
    from: DEMO_ACCOUNT.numbers[0]?.phoneNumber ?? '',
    statusCallback: `${gone.url}/status`,
  });
  await until(() => simulator.state.messages.get(message.sid)?.callbacks.length === 2, 'the retry');
  expect(simulator.state.messages.get(message.sid)?.callbacks.map((one) => one.error)).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
});

test('+15005560001 stays sent, +15005560002 reports delivered before sent', async () => {
  const noReceipt = await send('+15005560001');
  await settled(noReceipt.sid);
  expect(simulator.state.messages.get(noReceipt.sid)?.status).toBe('sent');
  application.received.length = 0;
  await settled((await send('+15005560002')).sid);
  expect(statuses()).toEqual(['queued', 'delivered', 'sent']);
});

test('+15005560003 doubles every callback, +15005560004 loses them all', async () => {
  await settled((await send('+15005560003')).sid);
  await until(() => application.received.length === 6, 'six callbacks');
  application.received.length = 0;
  await settled((await send('+15005560004')).sid);
  expect(application.received).toEqual([]);
});

test('+15005560000 gets its first callback before the request is answered', async () => {
  const created = await send('+15005560000');
  expect(created.status).toBe('accepted');
  expect(application.received[0]?.form).toMatchObject({ MessageSid: created.sid, MessageStatus: 'queued' });
});

test('+15005560008 is read two days later, +15005560007 never gets a price', async () => {
  const { sid } = await send('+15005560008');
  const priceless = await send('+15005560007');
  simulator.state.clock.advance(3 * 86_400);
  simulator.state.clock.advance(3 * 86_400);
  await settled(sid);
  expect(simulator.state.messages.get(sid)).toMatchObject({ status: 'read', price: '-0.00830' });
  expect(simulator.state.messages.get(priceless.sid)).toMatchObject({ status: 'delivered', price: null });
});
