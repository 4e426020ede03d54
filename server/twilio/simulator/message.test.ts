import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { changeConfig } from '#server/twilio/simulator/config.ts';
import { startSimulator, type RunningSimulator } from '#server/twilio/simulator/start.ts';
import { sdkOf, until } from '#server/twilio/simulator/test-application.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 200 });
});
afterAll(() => simulator.close());

function newAccount(request: Parameters<typeof createAccount>[1] = {}) {
  const account = credentialsOf(createAccount(simulator.state, request));
  const client = sdkOf(simulator.url, account);
  const from = account.numbers[0]?.phoneNumber ?? '';
  const send = (to: string, more: Record<string, unknown> = {}) =>
    client.messages.create({ to, body: 'Hello', messagingServiceSid: account.messagingServiceSid, ...more });
  const sendFrom = (to: string, more: Record<string, unknown> = {}) => client.messages.create({ to, body: 'Hello', from, ...more });
  const finished = async (sid: string) => {
    await until(async () => ['delivered', 'undelivered', 'failed'].includes((await client.messages(sid).fetch()).status), 'an end state');
    return client.messages(sid).fetch();
  };
  return { account, client, from, send, sendFrom, finished };
}

test('P18: a message by service is accepted without sender or segments, then gets both and is delivered', async () => {
  const { client, send, finished, from } = newAccount();
  const created = await send('+12025550101', { body: 'x'.repeat(200) });
  expect(created).toMatchObject({ status: 'accepted', from: null, numSegments: '0', price: null });
  expect(await finished(created.sid)).toMatchObject({ status: 'delivered', from, numSegments: '2' });
  await until(async () => (await client.messages(created.sid).fetch()).price !== null, 'the price');
  expect(await client.messages(created.sid).fetch()).toMatchObject({ price: '-0.01660', priceUnit: 'USD' });
});

test('a message by From is queued with its sender', async () => {
  const { sendFrom, from } = newAccount();
  expect(await sendFrom('+12025550102')).toMatchObject({ status: 'queued', from, numSegments: '1' });
});

test.each([
  ['+15005550001', 21211],
  ['+15005550002', 21612],
  ['+15005550003', 21408],
  ['+15005550004', 21610],
  ['+15005550009', 21614],
  ['+1202555', 21211],
  ['12345', 21265],
])("Twilio's magic recipient %s is refused with %i", async (to, code) => {
  await expect(newAccount().sendFrom(to)).rejects.toMatchObject({ code, status: 400 });
});

test.each([
  ['+15005550001', 21212],
  ['+15005550007', 21606],
  ['+15005550008', 21611],
  ['+14155559999', 21659],
  ['+14155551234', 21660],
])('the sender %s is refused with %i', async (from, code) => {
  await expect(newAccount().sendFrom('+12025550103', { from })).rejects.toMatchObject({ code, status: 400 });
});

test.each<[string, Record<string, unknown>, number, number]>([
  ['no sender', { from: undefined }, 21603, 400],
  ['no content', { body: '' }, 21602, 400],
  ['a body over 1,600 characters', { body: 'x'.repeat(1601) }, 21617, 400],
  ['an underscore in the callback host', { statusCallback: 'https://my_app.example/x' }, 21609, 400],
  ['an unknown service', { messagingServiceSid: `MG${'0'.repeat(32)}` }, 21701, 404],
  ['variables without content', { contentVariables: '{}' }, 21654, 400],
  ['a validity of eleven hours', { validityPeriod: 39_600 }, 21624, 400],
])('%s is refused', async (_, change, code, status) => {
  await expect(newAccount().sendFrom('+12025550104', change)).rejects.toMatchObject({ code, status });
});

test.each([
  ['+15005553003', 'undelivered', 30003],
  ['+15005553007', 'undelivered', 30007],
  ['+15005551610', 'failed', 21610],
] as const)('the recipient %s ends %s with %i', async (to, status, errorCode) => {
  const { send, finished } = newAccount();
  const { sid } = await send(to);
  expect(await finished(sid)).toMatchObject({ status, errorCode });
});

test('P12: a number without a verified campaign ends 30034, and is delivered once Twilio verified it', async () => {
  const { account, send, finished } = newAccount({ registered: false });
  expect(await finished((await send('+12025550105')).sid)).toMatchObject({ status: 'undelivered', errorCode: 30034 });
  const body = JSON.stringify({ accountSid: account.accountSid, campaignStatus: 'VERIFIED' });
  await fetch(`${simulator.url}/_sim/registrations`, { method: 'POST', body });
  expect(await finished((await send('+12025550105')).sid)).toMatchObject({ errorCode: null });
});

test('P11: a toll-free number sends once it is verified', async () => {
  const { account, sendFrom, finished } = newAccount({ tollFree: true, tollFreeStatus: 'IN_REVIEW' });
  const from = account.numbers[1]?.phoneNumber;
  expect(await finished((await sendFrom('+12025550106', { from })).sid)).toMatchObject({ errorCode: 30032 });
});

test('wrong credentials are 401 with 20003, another account in the path is 404 with 20404', async () => {
  const { account } = newAccount();
  await expect(sdkOf(simulator.url, { ...account, apiKeySecret: 'wrong' }).messages.list()).rejects.toMatchObject({ code: 20003, status: 401 });
  const other = newAccount().account.accountSid;
  await expect(sdkOf(simulator.url, { ...account, accountSid: other }).messages.list()).rejects.toMatchObject({ code: 20404, status: 404 });
});

test('lists are newest first, paged without gaps while new messages arrive, and filter by recipient and date', async () => {
  const { client, send, finished } = newAccount();
  const sids: string[] = [];
  for (let i = 0; i < 7; i++) sids.unshift((await send(`+1202555011${i % 2}`)).sid);
  const first = await client.messages.page({ pageSize: 3 });
  await send('+12025550119');
  const second = await first.nextPage();
  const third = await second?.nextPage();
  expect([first, second, third].flatMap((page) => page?.instances.map((message) => message.sid))).toEqual(sids);
  expect(third?.nextPage()).toBeUndefined();
  expect(await client.messages.list({ to: '+12025550111' })).toHaveLength(3);
  await Promise.all(sids.map(finished));
  expect(await client.messages.list({ dateSentAfter: new Date(Date.now() - 60_000), to: '+12025550110' })).toHaveLength(4);
  expect(await client.messages.list({ dateSentAfter: new Date(Date.now() + 60_000) })).toHaveLength(0);
});

test('a message can be redacted and deleted', async () => {
  const { client, send, finished } = newAccount();
  const { sid } = await send('+12025550112');
  await finished(sid);
  expect(await client.messages(sid).update({ body: '' })).toMatchObject({ body: '' });
  expect(await client.messages(sid).remove()).toBe(true);
  await expect(client.messages(sid).fetch()).rejects.toMatchObject({ code: 20404 });
});

test('D12: +15005560005 answers HTTP 500 and +15005560006 cuts the connection, and both messages exist', async () => {
  const { client, send } = newAccount();
  await expect(send('+15005560005')).rejects.toMatchObject({ status: 500 });
  await expect(send('+15005560006')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await client.messages.list()).map((message) => message.to)).toEqual(['+15005560006', '+15005560005']);
});

test('+15005560009 is refused twice with 429 before it is accepted', async () => {
  const { send } = newAccount();
  for (let i = 0; i < 2; i++) await expect(send('+15005560009')).rejects.toMatchObject({ code: 20429, status: 429 });
  expect(await send('+15005560009')).toMatchObject({ status: 'accepted' });
});

test('more requests at once than the account may have are refused with 429, unprocessed', async () => {
  const { account, client, send } = newAccount();
  changeConfig(simulator.state.config, { maxConcurrentRequests: 2, latencyMs: 300 }, account.accountSid);
  const results = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => send(`+1202555012${i}`)));
  changeConfig(simulator.state.config, { latencyMs: 0 }, account.accountSid);
  expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
  expect(await client.messages.list()).toHaveLength(2);
});

test('the same seed gives the same results in whatever order messages are sent', async () => {
  const mix = { 30003: 0.5 };
  const run = async (order: (numbers: string[]) => string[]) => {
    const { account, send, finished } = newAccount();
    changeConfig(simulator.state.config, { resultMix: mix }, account.accountSid);
    const numbers = Array.from({ length: 12 }, (_, i) => `+12025550${130 + i}`);
    const ends = await Promise.all(order(numbers).map(async (to) => [to, (await finished((await send(to)).sid)).errorCode]));
    return Object.fromEntries(ends);
  };
  const first = await run((numbers) => numbers);
  expect(await run((numbers) => [...numbers].reverse())).toEqual(first);
  expect(new Set(Object.values(first)).size).toBe(2);
});

test('a full queue is 21611 with From and fails 30001 with a service', async () => {
  const { account, sendFrom, send, finished } = newAccount();
  changeConfig(simulator.state.config, { queueSeconds: 60 }, account.accountSid);
  simulator.state.pace.set(account.campaignSid ?? '', simulator.state.clock.now() + 60_000);
  await expect(sendFrom('+12025550152')).rejects.toMatchObject({ code: 21611 });
  expect(await finished((await send('+12025550153')).sid)).toMatchObject({ status: 'failed', errorCode: 30001 });
});
