import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';

const environment = vi.hoisted((): Record<string, string | undefined> => ({ AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), PUBLIC_URL: 'http://localhost:3000' }));
vi.mock('#server/env.ts', () => ({ env: () => environment, logLevel: () => 'silent' }));

import { inSystem } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext } from '#server/context.ts';
import { listTemplates } from '#server/domain/template/list.ts';
import { syncTemplates } from '#server/domain/template/sync.ts';
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

test('without the simulator they come into the world decided', async () => {
  const ctx = await seeded(undefined);
  const { data } = await listTemplates(ctx, {});
  expect(data.find(({ name }) => name === 'order_shipped')?.languages).toMatchObject([{ language: 'de', usable: { number: 1 } }, { language: 'en', usable: { status: 'approved' } }]);
  expect(data.find(({ name }) => name === 'spring_offer')?.languages[0]?.newest).toMatchObject({ status: 'rejected', rejectionReason: expect.stringContaining('too many variable parameters') });
});
