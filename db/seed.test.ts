import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';

const environment = vi.hoisted((): Record<string, string | undefined> => ({ AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000' }));
vi.mock('#server/env.ts', () => ({ env: () => environment, logLevel: () => 'silent' }));

import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { acceptAgreement } from '#server/domain/agreement/accept.ts';
import { listConversations } from '#server/domain/conversation/list.ts';
import { readThread } from '#server/domain/conversation/read-thread.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { syncTemplates } from '#server/domain/template/sync.ts';
import { DEMO_ACCOUNT } from '#server/twilio/simulator/demo-account.ts';
import { isWindowOpen } from '#server/twilio/simulator/whatsapp/window.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';
import * as t from './schema/index.ts';
import { DEMO_EMAIL, seedDemo } from './seed.ts';

const { db } = await testDatabase();
const simulator = await startSimulator({ seed: 7 });
afterAll(() => simulator.close());

async function seeded(twilio: string | undefined) {
  environment.TWILIO_BASE_URL = twilio;
  await inSystem(db, async (tx) => { await tx.delete(t.organizations); await tx.delete(t.users); });
  await seedDemo(db);
  const [owner] = await db.select({ userId: t.users.id }).from(t.users).where(eq(t.users.email, DEMO_EMAIL));
  const [membership] = await inSystem(db, (tx) => tx.select().from(t.memberships).where(eq(t.memberships.userId, owner!.userId)));
  return createContext(db, membership!.organizationId, { kind: 'user', userId: owner!.userId, role: 'owner', address: null });
}

test('the demo has templates in every state: with the simulator they were really submitted, and it decides about them', async () => {
  const ctx = await seeded(simulator.url);
  const states = async () => (await listTemplates(ctx, {})).data.map(({ name, languages }) => `${name} ${languages.map(({ language, newest }) => `${language} ${newest.status}`).join(', ')}`).toSorted();
  expect(await states()).toEqual(['appointment_reminder en draft', 'order_shipped de received, en received', 'spring_offer en received']);
  simulator.state.clock.advance(10);
  expect(await syncTemplates(ctx)).toMatchObject({ found: 3, added: 0, changed: 3 });
  expect(await states()).toEqual(['appointment_reminder en draft', 'order_shipped de approved, en approved', 'spring_offer en rejected']);
});

test('the demo’s inbox has something of everything, and the simulator lets an answer through to those whose window is open', async () => {
  const ctx = await seeded(simulator.url);
  const { data, unread } = await listConversations(ctx, { view: 'all', sort: 'time_left' });
  expect(unread).toBe(4);
  expect(data.map(({ title, channel, status, unread: count }) => `${title} ${channel} ${status} ${count}`)).toEqual([
    'Elena Adams whatsapp open 2', 'Zoë 🌲 whatsapp open 1', 'Ben Adams sms open 1', 'Grace Adams sms open 1', 'Chloé Adams sms open 0', 'Hiro Adams sms closed 0', 'Farid Adams whatsapp open 0', 'Ben Costa sms open 0']);
  expect(data.find(({ title }) => title === 'Grace Adams')!.suggestedOptOut).toMatchObject({ text: 'Please take me off your list, I moved away.' });
  const blocked = async (title: string) => (await readThread(ctx, { conversationId: data.find((each) => each.title === title)!.id })).blocked?.code;
  expect([await blocked('Ben Costa'), await blocked('Ben Adams')]).toEqual(['opted_out', 'agreement_required']);
  await acceptAgreement(ctx, { service: 'bulk-sms' });
  expect([await blocked('Elena Adams'), await blocked('Farid Adams')]).toEqual([undefined, 'outside_24h_window']);
  expect(isWindowOpen(simulator.state, 'whatsapp:+14155551234', data[0]!.recipient)).toBe(true);
  const { messages } = await readThread(ctx, { conversationId: data.find(({ title }) => title === 'Chloé Adams')!.id });
  expect(messages.map(({ kind, direction, delivery }) => [kind, direction, delivery?.status])).toContainEqual(['message', 'outbound', 'delivered']);
});

test('without the simulator they come into the world decided', async () => {
  const ctx = await seeded(undefined);
  const { data } = await listTemplates(ctx, {});
  expect(data.find(({ name }) => name === 'order_shipped')?.languages).toMatchObject([{ language: 'de', usable: { number: 1 } }, { language: 'en', usable: { status: 'approved' } }]);
  expect(data.find(({ name }) => name === 'spring_offer')?.languages[0]?.newest).toMatchObject({ status: 'rejected', rejectionReason: expect.stringContaining('too many variable parameters') });
});

test('D2: what somebody writes to the demo is handed to us: its Messaging Service and its WhatsApp sender name our address', async () => {
  const fresh = await startSimulator();
  const { organizationId } = await seeded(fresh.url);
  const account = fresh.state.accounts.get(DEMO_ACCOUNT.accountSid)!;
  const ours = `http://localhost:3000/connect/webhook/twilio/sms?orgid=${organizationId}`;
  expect([account.services[0]!.inboundRequestUrl, account.whatsAppSenders[0]!.webhook.callback_url]).toEqual([ours, ours]);
  await fresh.close();
});
