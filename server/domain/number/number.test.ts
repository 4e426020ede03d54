import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { broadcasts } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import { syncSendersFromTwilio } from '#server/domain/twilio-account/sync-senders.ts';
import { createAccount, credentialsOf, type AccountRequest } from '#server/twilio/simulator/account.ts';
import type { Account } from '#server/twilio/simulator/model.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';
import { buyNumber } from './buy.ts';
import { chooseSystemNumber } from './choose-system.ts';
import { importNumber } from './import.ts';
import { readRelease, releaseNumber } from './release.ts';
import { repairInbound } from './repair-inbound.ts';
import { searchNumbers } from './search.ts';

const { db, url } = await testDatabase();
const simulator = await startSimulator();
for (const [name, value] of Object.entries({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), TWILIO_BASE_URL: simulator.url, PUBLIC_URL: 'https://sms.example' })) vi.stubEnv(name, value);
afterAll(() => simulator.close());

const newAccount = (request: AccountRequest = {}) => createAccount(simulator.state, request);

async function connected(account: Account = newAccount(), role: Role = 'owner') {
  const { id, owner } = await createOrganization(db);
  const as = (who: Role) => createContext(db, id, { kind: 'user', userId: owner.id, role: who, address: null });
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid, numbers } = credentialsOf(account);
  await connectTwilio(as('owner'), { credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: numbers[0]!.phoneNumber } });
  const ctx = as(role);
  const senderOf = async (address: string) => (await listSenders(ctx)).find((sender) => sender.address === address);
  return { ctx, account, senderOf, number: numbers[0]!.phoneNumber, as, ours: `https://sms.example/connect/webhook/twilio/sms?orgid=${id}` };
}

const offered = async (ctx: Awaited<ReturnType<typeof connected>>['ctx'], areaCode: string) => (await searchNumbers(ctx, { areaCode })).data[0]!;

test('P8: a number is found with its price, bought at it, hands here what people write and joins the campaign, so it may send', async () => {
  const { ctx, account, senderOf, ours } = await connected();
  const offer = await offered(ctx, '415');
  expect(offer).toMatchObject({ type: 'local', country: 'US', price: '1.15', currency: 'USD', place: 'San Francisco, CA' });
  const bought = await buyNumber(ctx, { phoneNumber: offer.phoneNumber, price: '1.15', currency: 'USD' });
  expect(bought).toMatchObject({ address: offer.phoneNumber, registration: 'approved', isInService: true, inbound: { state: 'here' }, segmentsPerSecond: '225' });
  expect(await senderOf(offer.phoneNumber)).toEqual(bought);
  expect(account.numbers.find(({ phoneNumber }) => phoneNumber === offer.phoneNumber)).toMatchObject({ smsUrl: ours, serviceSid: account.services[0]!.sid });
});

test('P8: asking twice for the same number buys it once, also at once', async () => {
  const { ctx, account } = await connected();
  const { phoneNumber } = await offered(ctx, '512');
  const before = account.numbers.length;
  const wish = { phoneNumber, price: '1.15', currency: 'USD' };
  const [one, other] = await Promise.all([buyNumber(ctx, wish), buyNumber(ctx, wish)]);
  expect([other.id, (await buyNumber(ctx, wish)).id, account.numbers.length]).toEqual([one.id, one.id, before + 1]);
});

test('P8: at another price than the one that was shown nothing is bought, and the new one is named', async () => {
  const { ctx, account } = await connected();
  const { phoneNumber } = await offered(ctx, '206');
  await expect(buyNumber(ctx, { phoneNumber, price: '1.00', currency: 'USD' })).rejects.toMatchObject({ code: 'invalid_state', status: 409, data: { price: '1.15', currency: 'USD' } });
  await expect(buyNumber(ctx, { phoneNumber, price: '1.15', currency: 'EUR' })).rejects.toMatchObject({ code: 'invalid_state' });
  expect(account.numbers.some((number) => number.phoneNumber === phoneNumber)).toBe(false);
});

test('P8: a number that was sold meanwhile, or is sold to an address only, says so', async () => {
  const [{ ctx }, { ctx: faster }] = [await connected(), await connected()];
  const { phoneNumber } = await offered(ctx, '312');
  await buyNumber(faster, { phoneNumber, price: '1.15', currency: 'USD' });
  await expect(buyNumber(ctx, { phoneNumber, price: '1.15', currency: 'USD' })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('search again') });
  await expect(buyNumber(ctx, { phoneNumber: '+442079460037', price: '1.15', currency: 'USD' })).rejects.toMatchObject({ code: 'validation_failed', message: expect.stringContaining('address') });
});

test('P8: an owned number outside of the service is taken into use, again and again', async () => {
  const { ctx, account, senderOf } = await connected(newAccount({ unregistered: true }));
  const phoneNumber = account.numbers[1]!.phoneNumber;
  expect(await senderOf(phoneNumber)).toMatchObject({ registration: 'unregistered', isInService: false });
  const added = await importNumber(ctx, { phoneNumber });
  expect(added).toMatchObject({ registration: 'approved', isInService: true, inbound: { state: 'here' } });
  expect((await importNumber(ctx, { phoneNumber })).id).toBe(added.id);
  await expect(importNumber(ctx, { phoneNumber: '+12025550100' })).rejects.toMatchObject({ code: 'sender_not_found' });
});

test('P8: a number belongs to one organisation, and to one service', async () => {
  const account = newAccount({ unregistered: true });
  const [{ ctx }, { ctx: stranger }] = [await connected(account), await connected(account)];
  const phoneNumber = account.numbers[1]!.phoneNumber;
  await importNumber(ctx, { phoneNumber });
  await expect(importNumber(stranger, { phoneNumber })).rejects.toMatchObject({ code: 'already_exists' });
  const elsewhere = newAccount({ unregistered: true });
  const { ctx: other } = await connected(elsewhere);
  elsewhere.numbers[1]!.serviceSid = 'MG00000000000000000000000000000000';
  await expect(importNumber(other, { phoneNumber: elsewhere.numbers[1]!.phoneNumber })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('another messaging service') });
});

test('P73: an address that was changed at Twilio shows, and one click brings it back; the same where each number answers for itself', async () => {
  const { ctx, account, senderOf, number, ours } = await connected();
  account.services[0]!.inboundRequestUrl = 'https://other.example/sms';
  await syncSendersFromTwilio(ctx);
  const drifted = await senderOf(number);
  expect(drifted?.inbound).toEqual({ state: 'elsewhere', host: 'other.example' });
  expect((await repairInbound(ctx, { id: drifted!.id })).inbound).toEqual({ state: 'here', host: null });
  expect(account.services[0]!.inboundRequestUrl).toBe(ours);
  Object.assign(account.services[0]!, { inboundRequestUrl: null, useInboundWebhookOnNumber: true });
  account.numbers[0]!.smsUrl = '';
  await syncSendersFromTwilio(ctx);
  expect((await senderOf(number))?.inbound.state).toBe('nowhere');
  expect((await repairInbound(ctx, { id: drifted!.id })).inbound.state).toBe('here');
  expect([account.numbers[0]!.smsUrl, account.services[0]!.inboundRequestUrl]).toEqual([ours, null]);
});

test('P17: the system number is chosen among those that may send, and a sync keeps it', async () => {
  const { ctx, account, senderOf, number } = await connected(newAccount({ unregistered: true }));
  const phoneNumber = account.numbers[1]!.phoneNumber;
  await expect(chooseSystemNumber(ctx, { id: (await senderOf(phoneNumber))!.id })).rejects.toMatchObject({ code: 'sender_not_registered' });
  const { id } = await importNumber(ctx, { phoneNumber });
  await chooseSystemNumber(ctx, { id });
  await syncSendersFromTwilio(ctx);
  expect([(await senderOf(phoneNumber))?.isSystem, (await senderOf(number))?.isSystem]).toEqual([true, false]);
});

test('a release names what depends on the number, asks for its digits, waits for broadcasts, and gives it back', async () => {
  const { ctx, account, senderOf, number } = await connected();
  const { id } = (await senderOf(number))!;
  const { id: broadcastId } = await createBroadcast(db, ctx.organizationId, { status: 'scheduled', senderPhone: number, scheduledAt: new Date(Date.now() + 86_400_000) });
  await createBroadcast(db, ctx.organizationId, { senderPhone: number });
  expect(await readRelease(ctx, { id })).toEqual({ address: number, isSystem: true, busyBroadcasts: 1, drafts: 1, openConversations: 0, people: 0 });
  const confirmation = number.slice(-4);
  await expect(releaseNumber(ctx, { id, confirmation: confirmation === '0000' ? '1111' : '0000' })).rejects.toMatchObject({ code: 'validation_failed' });
  await expect(releaseNumber(ctx, { id, confirmation })).rejects.toMatchObject({ code: 'invalid_state', message: expect.stringContaining('1 broadcast') });
  expect(account.numbers).toHaveLength(1);

  await ctx.transaction((tx) => tx.update(broadcasts).set({ status: 'cancelled' }).where(eq(broadcasts.id, broadcastId)));
  await releaseNumber(ctx, { id, confirmation });
  expect([account.numbers, await senderOf(number)]).toEqual([[], undefined]);
});

test('who is not an admin changes nothing', async () => {
  const { ctx, number, as } = await connected(newAccount(), 'marketer');
  const { id } = (await listSenders(ctx))[0]!;
  const acts = [searchNumbers(ctx, {}), buyNumber(ctx, { phoneNumber: number, price: '1', currency: 'USD' }), importNumber(ctx, { phoneNumber: number }), chooseSystemNumber(ctx, { id }), repairInbound(ctx, { id }), releaseNumber(as('viewer'), { id, confirmation: number.slice(-4) })];
  for (const { status, reason } of await Promise.allSettled(acts) as PromiseRejectedResult[]) expect([status, reason]).toMatchObject(['rejected', { code: 'forbidden' }]);
});
