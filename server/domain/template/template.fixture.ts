import { createHash, createHmac } from 'node:crypto';
import { afterAll, vi } from 'vitest';
import { createOrganization } from '#db/factories.ts';
import { inSystem, type Db } from '#db/index.ts';
import * as t from '#db/schema/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { createContext, type Context } from '#server/context.ts';
import { seal } from '#server/domain/twilio-account/seal.ts';
import { twilioClient } from '#server/twilio/client.ts';
import { createAccount, credentialsOf } from '#server/twilio/simulator/account.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';

// Templates with a real Postgres, the real SDK, and the simulator over HTTP, whose clock moves only when a test says so.

export const PUBLIC_URL = 'https://hailer.example.com';
type Simulator = Awaited<ReturnType<typeof startSimulator>>;

export async function templateHouse() {
  const { db, url } = await testDatabase();
  const simulator = await startSimulator({ seed: 7 });
  for (const [name, value] of Object.entries({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), TWILIO_BASE_URL: simulator.url, PUBLIC_URL, LOG_LEVEL: 'silent' })) vi.stubEnv(name, value);
  (globalThis as { hailerDatabase?: Db }).hailerDatabase = db; // the doors' pool
  afterAll(() => simulator.close());
  return { db, simulator, organization: () => connected(db, simulator), ...controls(simulator) };
}

/** An organisation with a simulated account of its own. */
async function connected(db: Db, simulator: Simulator) {
  const { id: organizationId, owner } = await createOrganization(db);
  const account = credentialsOf(createAccount(simulator.state, {}));
  await inSystem(db, (tx) => tx.insert(t.twilioAccounts).values({
    organizationId, accountSid: account.accountSid, apiKeySid: account.apiKeySid, sealedApiKeySecret: seal(account.apiKeySecret, { organizationId, field: 'apiKeySecret' }),
    sealedAuthToken: seal(account.authToken, { organizationId, field: 'authToken' }), messagingServiceSid: account.messagingServiceSid, status: 'connected',
  }));
  const ctx: Context = createContext(db, organizationId, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  return { ctx, account, sdk: twilioClient({ accountSid: account.accountSid, username: account.apiKeySid, password: account.apiKeySecret }) };
}

type Content = { sid: string; approval: { name: string; status: string } | null; friendlyName: string };

function controls(simulator: Simulator) {
  return {
    /** Seconds of Twilio's and Meta's world. */
    advance: (seconds: number) => simulator.state.clock.advance(seconds),
    decide: (body: object) => fetch(`${simulator.url}/_sim/approvals`, { method: 'POST', body: JSON.stringify(body) }),
    contentsOf: async (accountSid: string): Promise<Content[]> => ((await (await fetch(`${simulator.url}/_sim/contents?accountSid=${accountSid}`)).json()) as { contents: Content[] }).contents,
  };
}

/** The same context some time later. */
export const later = (ctx: Context, milliseconds: number): Context => ({ ...ctx, now: () => new Date(Date.now() + milliseconds) });

/** A request of Event Streams as Twilio signs it. */
export function eventRequest(authToken: string, events: unknown, path = '/connect/webhook/twilio/events') {
  const body = JSON.stringify(events);
  const url = `${PUBLIC_URL}${path}${path.includes('?') ? '&' : '?'}bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
  const signature = createHmac('sha1', authToken).update(url).digest('base64');
  return new Request(url.replace(PUBLIC_URL, 'http://10.0.0.5:3000'), { method: 'POST', headers: { 'content-type': 'application/json', 'x-twilio-signature': signature }, body });
}

export const approvalEvent = (accountSid: string, sid: string, type: 'status_update' | 'category_update', currentValue: string, at: Date) => ({
  specversion: '1.0', type: 'com.twilio.messaging.template.approval.updated', source: 'x', id: 'x', time: at.toISOString(),
  data: { type, accountSid, dateUpdated: at.toISOString(), channel: 'whatsapp', template: { sid, friendlyName: 'x', externalTemplateName: 'x', language: 'en', previousValue: 'x', currentValue } },
});
