import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, vi } from 'vitest';
import { acceptAgreement, addMember, createContact, createList, createOrganization } from '#db/factories.ts';
import type { Db } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { startWorker } from '#jobs/start-worker.ts';
import { receiveStatusCallback } from '#server/api/webhook.ts';
import { createContext, type Context } from '#server/context.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { createBroadcast } from '#server/domain/broadcast/create.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import { createAccount, credentialsOf, type AccountRequest } from '#server/twilio/simulator/account.ts';
import { startSimulator } from '#server/twilio/simulator/start.ts';

// The whole pipeline in one process: real Postgres, the real SDK, the simulator over HTTP, signed callbacks into the real webhook door.

export async function pipeline(options: { speed?: number; resolvePolicy?: ResolvePolicy; concurrency?: number } = {}) {
  const { db, url } = await testDatabase();
  const simulator = await startSimulator({ speed: options.speed ?? 20, seed: 7 });
  // What is still being answered when the tests are over must end before its database goes.
  const answering = new Set<Promise<void>>();
  const webhooks = createServer((request, response) => {
    const answered = answer(request, response).finally(() => { answering.delete(answered); });
    answering.add(answered);
  });
  await new Promise<void>((resolve) => { webhooks.listen(0, '127.0.0.1', resolve); });
  const publicUrl = `http://localhost:${(webhooks.address() as AddressInfo).port}`;
  for (const [name, value] of Object.entries({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32), ENCRYPTION_KEY: 'ab'.repeat(32), TWILIO_BASE_URL: simulator.url, PUBLIC_URL: publicUrl })) vi.stubEnv(name, value);
  const worker = await startWorker({ databaseUrl: url, concurrency: options.concurrency ?? 4, sweepEvery: 300, resolvePolicy: options.resolvePolicy });
  afterAll(async () => { await worker.stop(); await simulator.close(); await Promise.allSettled(answering); webhooks.close(); webhooks.closeAllConnections(); });
  return { db, url, simulator, worker, organization: (request?: AccountRequest & { agreed?: boolean }) => connectedOrganization(db, simulator, request) };
}

async function answer(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const answered = await receiveStatusCallback(new Request(`http://localhost${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) }));
  response.writeHead(answered.status).end();
}

type Simulator = Awaited<ReturnType<typeof startSimulator>>;

async function connectedOrganization(db: Db, simulator: Simulator, { agreed = true, ...request }: AccountRequest & { agreed?: boolean } = {}) {
  const { id, owner } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const account = credentialsOf(createAccount(simulator.state, request));
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid } = account;
  await connectTwilio(ctx, { credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: account.numbers[0]!.phoneNumber } });
  if (agreed) await acceptAgreement(db, id, owner.id, agreementText('bulk-sms').version);
  return { ctx, account };
}

/** A draft to a list of these numbers, each with the first name "P<i>". */
export async function draftTo(ctx: Context, phones: string[], content = '{{firstName}}, 20% off this weekend with code MAR20: https://acme.app/m') {
  const list = await createList(ctx.db, ctx.organizationId);
  await Promise.all(phones.map(async (phone, i) => {
    const contact = await createContact(ctx.db, ctx.organizationId, { phone, firstName: `P${i}` });
    await addMember(ctx.db, ctx.organizationId, list.id, contact.id);
  }));
  return createBroadcast(ctx, { broadcastName: 'March promo', channel: 'sms', type: 'sms', content, recipientMethod: 'lists', selectedLists: [list.slug] });
}

/** Waits until `condition` gives a value that is not null or false; fails after so many milliseconds: fewer than a test has. */
export async function eventually<T>(condition: () => Promise<T | null | false | undefined>, what: string, milliseconds = 90_000): Promise<T> {
  const until = Date.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > until) throw new Error(`It did not happen in time: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/** Waits until the number stands still for most of a second: what was on its way has arrived, and nothing follows. */
export async function still(count: () => number): Promise<number> {
  return eventually(async () => {
    const before = count();
    await new Promise((resolve) => { setTimeout(resolve, 800); });
    return count() === before ? { count: before } : null;
  }, 'standing still').then((settled) => settled.count);
}
