import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, startApplication, until } from '#server/twilio/simulator/test-application.ts';

let simulator: RunningSimulator;
let application: Awaited<ReturnType<typeof startApplication>>;

beforeEach(async () => {
  application = await startApplication();
  simulator = await startSimulator({ speed: 100 });
});
afterEach(() => Promise.all([simulator.close(), application.close()]));

const client = () => sdkOf(simulator.url, DEMO_ACCOUNT);

function schedule(secondsAhead: number, more: Record<string, unknown> = {}) {
  return client().messages.create({
    to: '+12025550101',
    body: 'Hello',
    messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid,
    scheduleType: 'fixed',
    sendAt: new Date(simulator.state.clock.now() + secondsAhead * 1000),
    statusCallback: `${application.url}/status`,
    ...more,
  });
}

test('a scheduled message waits for its time and is sent then', async () => {
  const { sid, status } = await schedule(600);
  expect(status).toBe('scheduled');
  simulator.state.clock.advance(590);
  expect((await client().messages(sid).fetch()).status).toBe('scheduled');
  simulator.state.clock.advance(15);
  await until(() => simulator.state.messages.get(sid)?.status === 'delivered', 'the delivery');
  expect(simulator.state.journal.bySid(sid)).toMatchObject({ verdict: 'created', canceledAt: null });
  expect(simulator.state.journal.bySid(sid)?.firedAt).not.toBeNull();
});

test('a canceled message is reported once and never sent', async () => {
  const { sid } = await schedule(600);
  expect(await client().messages(sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled', from: null });
  simulator.state.clock.advance(3600);
  await until(() => application.received.length === 1, 'the callback');
  expect(application.received.map((one) => one.form.MessageStatus)).toEqual(['canceled']);
  await expect(client().messages(sid).update({ status: 'canceled' })).rejects.toMatchObject({ code: 30409 });
});

test('less than the minimum or more than 35 days ahead is refused', async () => {
  await expect(schedule(60)).rejects.toMatchObject({ code: 35114, status: 400 });
  await expect(schedule(36 * 86_400)).rejects.toMatchObject({ code: 35114 });
  await fetch(`${simulator.url}/_sim/config`, { method: 'POST', body: JSON.stringify({ scheduleMinimumSeconds: 30 }) });
  expect((await schedule(60)).status).toBe('scheduled');
});

test('without a service the schedule is dropped and the message goes out at once', async () => {
  const from = DEMO_ACCOUNT.numbers[0]?.phoneNumber;
  expect(await schedule(600, { messagingServiceSid: undefined, from })).toMatchObject({ status: 'queued' });
});

test('a STOP does not cancel a scheduled message, it fails 21610 when due', async () => {
  const { sid } = await schedule(600);
  const body = JSON.stringify({ from: '+12025550101', to: '+14155551234', body: 'STOP' });
  await fetch(`${simulator.url}/_sim/inbound`, { method: 'POST', body });
  simulator.state.clock.advance(600);
  await until(() => simulator.state.messages.get(sid)?.errorCode === 21610, 'the refusal');
});

test('P32: a slow campaign sends one segment per second, and what waits too long expires with 30036', async () => {
  const created = await fetch(`${simulator.url}/_sim/accounts`, { method: 'POST', body: JSON.stringify({ usecase: 'SOLE_PROPRIETOR' }) });
  const account = (await created.json()) as typeof DEMO_ACCOUNT;
  const slow = sdkOf(simulator.url, account);
  const body = 'ê'.repeat(1600);
  const send = (validityPeriod: number) =>
    slow.messages.create({ to: '+12025550102', body, messagingServiceSid: account.messagingServiceSid, validityPeriod });
  await fetch(`${simulator.url}/_sim/config`, { method: 'POST', body: '{"speed":1}' });
  const [first, second, late] = [await send(3600), await send(3600), await send(5)];
  const statuses = () => [first, second, late].map(({ sid }) => simulator.state.messages.get(sid)?.status);
  simulator.state.clock.advance(8);
  expect(statuses()).toEqual(['delivered', 'queued', 'failed']);
  expect(simulator.state.messages.get(late.sid)?.errorCode).toBe(30036);
  simulator.state.clock.advance(24);
  expect(statuses()).toEqual(['delivered', 'delivered', 'failed']);
});
