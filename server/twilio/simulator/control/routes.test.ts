import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, until } from '#server/twilio/simulator/test-application.ts';

const running: RunningSimulator[] = [];
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

async function start(options: Parameters<typeof startSimulator>[0] = {}) {
  const simulator = await startSimulator({ speed: 100, ...options });
  running.push(simulator);
  const call = async (path: string, body?: object) => {
    const answer = await fetch(`${simulator.url}/_sim/${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {});
    return { status: answer.status, body: await answer.json() };
  };
  const send = (to: string, body = 'Hello', more: Record<string, unknown> = {}) =>
    sdkOf(simulator.url, DEMO_ACCOUNT).messages.create({ to, body, messagingServiceSid: DEMO_ACCOUNT.messagingServiceSid, ...more });
  return { simulator, call, send };
}

test('the journal holds every request in order, the refused ones too', async () => {
  const { call, send } = await start();
  const { sid } = await send('+12025550101', 'One');
  await send('+15005550001').catch(() => null);
  await send('+15005560006').catch(() => null);
  const { entries } = (await call(`journal?accountSid=${DEMO_ACCOUNT.accountSid}`)).body;
  expect(entries).toMatchObject([
    { seq: 1, to: '+12025550101', body: 'One', segments: 1, verdict: 'created', sid },
    { seq: 2, to: '+15005550001', verdict: 'refused', errorCode: 21211, sid: null },
    { seq: 3, to: '+15005560006', verdict: 'created_then_reset' },
  ]);
  expect((await call('journal?after=2')).body.entries).toHaveLength(1);
});

test('sink mode answers with a fresh sid and keeps only arrivals', async () => {
  const { simulator, call, send } = await start();
  await call('config', { sink: true });
  const sids = await Promise.all(['a', 'ê'.repeat(71)].map(async (body) => (await send('+12025550101', body, { statusCallback: 'https://a.example/?t=1' })).sid));
  expect(new Set(sids).size).toBe(2);
  expect((await call(`arrivals?accountSid=${DEMO_ACCOUNT.accountSid}&fields=to,statusCallback`)).body).toMatchObject({
    count: 2,
    segments: expect.arrayContaining([1, 2]),
    to: ['+12025550101', '+12025550101'],
    statusCallback: ['https://a.example/?t=1', 'https://a.example/?t=1'],
  });
  expect(simulator.state.messages.size()).toBe(0);
});

test('faults can be set for one account only', async () => {
  const { call, send } = await start();
  const other = (await call('accounts', {})).body;
  await call('config', { accountSid: other.accountSid, faults: { http500AfterAccept: 1 } });
  expect((await send('+12025550101')).status).toBe('accepted');
  await call('config', { faults: { http429: 1 } });
  await expect(send('+12025550101')).rejects.toMatchObject({ code: 20429 });
});

test('a wrong setting is refused by name', async () => {
  const { call } = await start();
  expect(await call('config', { faults: { resetAfterAccept: 2 } })).toMatchObject({ status: 400, body: { error: 'faults.resetAfterAccept must be between 0 and 1' } });
  expect(await call('accounts', { campaignStatus: 'DONE' })).toMatchObject({ status: 400 });
  expect(await call('config', { speeed: 2 })).toMatchObject({ status: 400, body: { error: 'unknown setting speeed' } });
});

test('a status can be forced, and reset forgets messages but keeps accounts', async () => {
  const { call, send } = await start({ speed: 0.01 });
  const { sid } = await send('+12025550101');
  await call('status', { sid, status: 'undelivered', errorCode: 30006 });
  expect((await call(`messages?accountSid=${DEMO_ACCOUNT.accountSid}`)).body.messages).toMatchObject([{ sid, status: 'undelivered', errorCode: 30006 }]);
  await call('accounts', {});
  await call('reset', {});
  expect((await call('messages')).body.messages).toEqual([]);
  expect((await call('accounts')).body.accounts).toHaveLength(2);
  await call('reset', { accounts: true, config: true });
  expect((await call('accounts')).body.accounts).toEqual([DEMO_ACCOUNT]);
});

test('a restart with a state file keeps accounts and messages, and what was on its way goes on', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'simulator-')), 'state.json');
  const first = await start({ stateFile, speed: 2 });
  const account = (await first.call('accounts', { friendlyName: 'Kept' })).body;
  const { sid } = await first.send('+15005560001');
  await first.simulator.close();
  running.length = 0;
  const second = await start({ stateFile });
  expect((await second.call('accounts')).body.accounts).toContainEqual(account);
  await until(() => second.simulator.state.messages.get(sid)?.status === 'sent', 'the rest of the way');
});
