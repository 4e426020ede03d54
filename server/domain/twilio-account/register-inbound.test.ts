import { afterAll, expect, test, vi } from 'vitest';
import { createOrganization } from '#db/factories.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';
import { connectTwilio } from './connect.ts';

const { db, url } = await testDatabase();
const simulator = await startSimulator();
for (const [name, value] of Object.entries({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), TWILIO_BASE_URL: simulator.url, PUBLIC_URL: 'https://sms.example' })) vi.stubEnv(name, value);
afterAll(() => simulator.close());

/** Connects a new account whose service hands on what people write as `change` says. */
async function connected(change: { inboundRequestUrl?: string; useInboundWebhookOnNumber?: boolean } = {}) {
  const { id, owner } = await createOrganization(db);
  const account = createAccount(simulator.state, { whatsApp: true });
  Object.assign(account.services[0]!, change);
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid, numbers } = credentialsOf(account);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const view = await connectTwilio(ctx, { credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: numbers[0]!.phoneNumber } });
  return { check: view.checks.find(({ name }) => name === 'Replies'), service: account.services[0]!, sender: account.whatsAppSenders[0]!, ours: `https://sms.example/connect/webhook/twilio/sms?orgid=${id}` };
}

test('D2, P73: where Twilio hands what people write to nobody, it is asked to hand it here, for numbers and WhatsApp senders', async () => {
  const { check, service, sender, ours } = await connected();
  expect([check?.status, service.inboundRequestUrl, sender.webhook.callback_url]).toEqual(['pass', ours, ours]);
});

test('an address that somebody has set stays theirs, and the check says what is missed and what to do', async () => {
  const { check, service, ours } = await connected({ inboundRequestUrl: 'https://other.example/sms' });
  expect(service.inboundRequestUrl).toBe('https://other.example/sms');
  expect(check).toMatchObject({ status: 'warn', detail: expect.stringContaining('other.example'), fix: expect.stringContaining(ours) });
});

test('numbers that say for themselves where it goes are left alone', async () => {
  const { check, service } = await connected({ useInboundWebhookOnNumber: true });
  expect([check?.status, service.inboundRequestUrl]).toEqual(['warn', null]);
});
