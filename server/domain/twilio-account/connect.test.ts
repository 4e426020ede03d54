import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { createBroadcast, createOrganization } from '#db/factories.ts';
import { inSystem } from '#db/index.ts';
import { paces, senders, twilioAccounts } from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Role } from '#server/context.ts';
import { listSenders } from '#server/domain/sender/list.ts';
import { createAccount, credentialsOf, type AccountRequest } from '#server/twilio/simulator/account.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';
import { checkTwilio } from './check.ts';
import { connectTwilio } from './connect.ts';
import { openCredentials } from './credentials.ts';
import { readTwilioAccount } from './read.ts';
import type { TwilioAccountView } from './schema.ts';

const { db, url } = await testDatabase();
const simulator = await startSimulator();
vi.stubEnv('DATABASE_URL', url);
vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));
vi.stubEnv('ENCRYPTION_KEY', 'ab'.repeat(32));
vi.stubEnv('TWILIO_BASE_URL', simulator.url);
vi.stubEnv('PUBLIC_URL', 'http://127.0.0.1:9'); // nobody is at home
afterAll(() => simulator.close());

async function organization(role: Role = 'owner') {
  const { id, owner } = await createOrganization(db);
  return createContext(db, id, { kind: 'user', userId: owner.id, role, address: null });
}

function twilioAccount(request: AccountRequest = {}) {
  const keys = credentialsOf(createAccount(simulator.state, request));
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid } = keys;
  const number = keys.numbers[0]!.phoneNumber;
  return { number, numbers: keys.numbers, credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: number } };
}

const failing = (view: TwilioAccountView) => view.checks.filter((check) => check.status === 'fail').map((check) => check.name);

test('P7: connecting checks every link and reads the senders with registration and cap', async () => {
  const ctx = await organization();
  const twilio = twilioAccount({ brandScore: 75, unregistered: true, tollFree: true });
  const view = await connectTwilio(ctx, twilio);
  expect(view).toMatchObject({ status: 'connected', isSimulated: true, hasAuthToken: true, hasApiKeySecret: true });
  expect(view.checks.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    'API keys: pass', 'Account: pass', 'Balance: pass', 'Messaging service: pass', 'Default sender: pass', 'Registration: pass', 'Replies: pass', 'Webhook signatures: pass', 'Public address: pass', 'Webhook door: warn', 'Content API: pass', 'Clock: pass',
  ]);
  const found = await listSenders(ctx);
  expect(found[0]).toMatchObject({ address: twilio.number, kind: 'local', registration: 'approved', isSystem: true, segmentsPerSecond: '225' });
  expect(found.map(({ kind, registration }) => `${kind} ${registration}`).toSorted()).toEqual(['local approved', 'local unregistered', 'toll_free unregistered']);
});

test('secrets never come back, in no view and not in the row', async () => {
  const ctx = await organization();
  const twilio = twilioAccount();
  const view = await connectTwilio(ctx, twilio);
  const [row] = await inSystem(db, (tx) => tx.select().from(twilioAccounts).where(eq(twilioAccounts.organizationId, ctx.organizationId)));
  for (const shown of [view, await readTwilioAccount(ctx), row]) {
    expect(JSON.stringify(shown)).not.toContain(twilio.credentials.apiKeySecret);
    expect(JSON.stringify(shown)).not.toContain(twilio.credentials.authToken);
  }
});

test('a secret that is left empty stays as it was', async () => {
  const ctx = await organization();
  const { credentials, publicConfig } = twilioAccount();
  await connectTwilio(ctx, { credentials, publicConfig });
  const view = await connectTwilio(ctx, { credentials: { ...credentials, apiKeySecret: '', authToken: '' }, publicConfig: {} });
  expect(failing(view)).toEqual([]);
  expect(await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId))).toEqual({
    accountSid: credentials.accountSid, username: credentials.apiKeySid, password: credentials.apiKeySecret, authToken: credentials.authToken, messagingServiceSid: publicConfig.messagingServiceSid,
  });
});

test('the secrets of another account are not carried over', async () => {
  const ctx = await organization();
  const [former, next] = [twilioAccount(), twilioAccount()];
  await connectTwilio(ctx, former);
  const moved = connectTwilio(ctx, { credentials: { accountSid: next.credentials.accountSid, apiKeySid: former.credentials.apiKeySid }, publicConfig: {} });
  await expect(moved).rejects.toMatchObject({ code: 'validation_failed', details: [{ field: 'credentials.apiKeySecret' }] });
  expect((await readTwilioAccount(ctx))?.accountSid).toBe(former.credentials.accountSid);
});

test('P15: an organisation opens its own account only', async () => {
  const [ctx, other] = [await organization(), await organization()];
  await connectTwilio(ctx, twilioAccount());
  await expect(other.transaction((tx) => openCredentials(tx, other.organizationId))).rejects.toMatchObject({ code: 'twilio_not_configured' });
  await expect(other.transaction((tx) => openCredentials(tx, ctx.organizationId))).rejects.toMatchObject({ code: 'twilio_not_configured' });
});

test('wrong keys are a failing check with a way out, not an error', async () => {
  const ctx = await organization();
  const { credentials, publicConfig } = twilioAccount();
  const view = await connectTwilio(ctx, { credentials: { ...credentials, apiKeySecret: 'f'.repeat(32), authToken: 'e'.repeat(32) }, publicConfig });
  expect(view.status).toBe('broken');
  expect(view.checks.find((check) => check.name === 'API keys')).toEqual({
    name: 'API keys', status: 'fail', detail: 'Twilio refused these keys.', fix: 'Create a new API key in Twilio under Account → API keys and paste both parts.', action: 'edit_keys',
  });
  expect(failing(view)).toContain('Webhook signatures');
});

test('what is missing is named: service, auth token, a number of somebody else', async () => {
  const ctx = await organization();
  const { credentials: { authToken: _, ...credentials }, publicConfig } = twilioAccount();
  const view = await connectTwilio(ctx, { credentials, publicConfig: { messagingServiceSid: `MG${'0'.repeat(32)}`, defaultSenderNumber: '+12025550100' } });
  expect(failing(view)).toEqual(['Messaging service', 'Default sender', 'Webhook signatures']);
  expect(view.checks.find((check) => check.name === 'Messaging service')?.fix).toContain(publicConfig.messagingServiceSid);
});

test('P12: a campaign in review blocks its numbers, and only a new read of Twilio lifts that', async () => {
  const ctx = await organization();
  const twilio = twilioAccount({ campaignStatus: 'IN_PROGRESS', brandScore: 60 });
  expect(failing(await connectTwilio(ctx, twilio))).toEqual(['Registration']);
  expect((await listSenders(ctx))[0]).toMatchObject({ registration: 'pending', segmentsPerSecond: '1' });
  simulator.state.accounts.get(twilio.credentials.accountSid)!.campaigns[0]!.status = 'VERIFIED';
  expect(failing(await checkTwilio(ctx))).toEqual([]);
  expect((await listSenders(ctx))[0]).toMatchObject({ registration: 'approved', segmentsPerSecond: '120' });
});

test('P32: a check in the middle of a broadcast keeps the slots that were given out, and a lowered pace stays under the cap', async () => {
  const ctx = await organization();
  await connectTwilio(ctx, twilioAccount({ brandScore: 75 }));
  const [sender] = await listSenders(ctx);
  const [{ paceId } = { paceId: '' }] = await inSystem(db, (tx) => tx.select().from(senders).where(eq(senders.id, sender!.id)));
  const used = { nextAt: 1_234.5, recentAt: [1_000, 1_100], recentSegments: [3, 4], loweredTo: '200' };
  await inSystem(db, (tx) => tx.update(paces).set(used).where(eq(paces.id, paceId)));
  simulator.state.accounts.get((await readTwilioAccount(ctx))!.accountSid)!.brands[0]!.score = 50;
  await checkTwilio(ctx);
  const [pace] = await inSystem(db, (tx) => tx.select().from(paces).where(eq(paces.id, paceId)));
  expect(pace).toMatchObject({ ...used, segmentsPerSecond: '120.000', loweredTo: '120.000' });
});

test('P31: a cap that rises is used in full when nobody has lowered the pace, however often it was read before', async () => {
  const ctx = await organization();
  await connectTwilio(ctx, twilioAccount({ brandScore: 50 }));
  await checkTwilio(ctx);
  expect((await listSenders(ctx))[0]).toMatchObject({ segmentsPerSecond: '120', paceSource: expect.not.stringContaining('lowered') });
  simulator.state.accounts.get((await readTwilioAccount(ctx))!.accountSid)!.brands[0]!.score = 75;
  await checkTwilio(ctx);
  expect((await listSenders(ctx))[0]).toMatchObject({ segmentsPerSecond: '225', paceSource: expect.not.stringContaining('lowered') });
});

test('numbers that left the account go, and one that a broadcast used stays but cannot send', async () => {
  const ctx = await organization();
  const twilio = twilioAccount({ unregistered: true, tollFree: true });
  await connectTwilio(ctx, twilio);
  const used = (await listSenders(ctx)).find((sender) => sender.kind === 'toll_free')!;
  await createBroadcast(db, ctx.organizationId, { senderId: used.id });
  const account = simulator.state.accounts.get(twilio.credentials.accountSid)!;
  account.numbers = account.numbers.filter((number) => number.phoneNumber === twilio.number);
  await checkTwilio(ctx);
  expect((await listSenders(ctx)).map(({ address, registration }) => [address, registration])).toEqual([[twilio.number, 'approved'], [used.address, 'unregistered']]);
});

test('keys that Twilio refuses for a while take no sender away', async () => {
  const ctx = await organization();
  const twilio = twilioAccount();
  await connectTwilio(ctx, twilio);
  const account = simulator.state.credentials.get(twilio.credentials.apiKeySid)!;
  simulator.state.credentials.delete(twilio.credentials.apiKeySid);
  const view = await checkTwilio(ctx);
  simulator.state.credentials.set(twilio.credentials.apiKeySid, account);
  expect(view.status).toBe('broken');
  expect((await listSenders(ctx))[0]).toMatchObject({ registration: 'approved' });
});

test.each<Role>(['marketer', 'support', 'viewer'])('a %s can neither connect nor check', async (role) => {
  const ctx = await organization(role);
  await expect(connectTwilio(ctx, twilioAccount())).rejects.toMatchObject({ code: 'forbidden' });
  await expect(checkTwilio(ctx)).rejects.toMatchObject({ code: 'forbidden' });
});
