import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import postgresJs from 'postgres';
import { acceptAgreement, createOrganization } from '#db/factories.ts';
import { connect, disconnect, inSystem, type Db } from '#db/index.ts';
import { migrateDatabase } from '#db/migrate.ts';
import { createContext, type Context } from '#server/context.ts';
import { agreementText } from '#server/domain/agreement/texts.ts';
import { connectTwilio } from '#server/domain/twilio-account/connect.ts';
import type { AccountCredentials } from '#server/twilio/simulator/demo-account.ts';
import { startPostgres } from '../../scripts/postgres.mjs';
import { answers, end, start, startSimulator } from '../../scripts/stack.mjs';

export type Part = ReturnType<typeof start>;
export type Rig = Awaited<ReturnType<typeof startRig>>;
type Arrivals = { count: number; atMs: number[]; segments: number[]; to?: string[] };

/**
 * What a measurement or a chaos round runs on: a Postgres of its own with full durability, the simulator in its own process, and the environment for
 * further processes. `stop` ends all of it and removes the data.
 */
export async function startRig({ seed = 1, speed = 1 } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hailer-bench-'));
  fs.chmodSync(folder, 0o755);
  const undo: Array<() => unknown> = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= (async () => { for (const step of undo.reverse()) await step(); })());
  // The second is where the binaries go when Postgres may not enter node_modules.
  undo.push(() => { for (const place of [folder, `/var/lib/hailer-${createHash('sha1').update(folder).digest('hex').slice(0, 10)}`]) fs.rmSync(place, { recursive: true, force: true }); });
  const starting = startPostgres(folder, { database: 'bench' });
  undo.push(async () => (await starting).stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop().finally(() => process.exit(1)));
  const postgres = await starting;
  const [simulatorPort, webPort] = [await freePort(), await freePort()];
  const env = {
    DATABASE_URL: postgres.url, PUBLIC_URL: `http://localhost:${webPort}`, NEXTAUTH_URL: `http://localhost:${webPort}`, PORT: String(webPort), HOSTNAME: '127.0.0.1', LOG_LEVEL: 'error',
    AUTH_SECRET: randomBytes(32).toString('hex'), ENCRYPTION_KEY: randomBytes(32).toString('hex'), TWILIO_BASE_URL: `http://127.0.0.1:${simulatorPort}`, SEED_DEMO: '0',
  };
  Object.assign(process.env, env);
  const parts = new Set<Part>();
  undo.push(() => Promise.all([...parts].map(end)));
  const begin = (name: string, args: string[], more: Record<string, string> = {}) => { const part = start(name, args, { ...env, ...more }); parts.add(part); return part; };
  parts.add(startSimulator(env, simulatorPort, ['--seed', String(seed), '--speed', String(speed)]));
  await ready(`${env.TWILIO_BASE_URL}/_sim/health`);
  await migrateDatabase(postgres.url);
  const db = connect(postgres.url, 8);
  undo.push(() => disconnect(db));
  return {
    db, env, begin, stop, databasePid: postgres.pid!, simulator: simulatorAt(env.TWILIO_BASE_URL),
    organization: (request: Record<string, unknown> = {}) => connectedOrganization(db, simulatorAt(env.TWILIO_BASE_URL), request),
    /** Writes out what earlier work left in the buffers, so that the next measurement does not pay for it. */
    async checkpoint() {
      const admin = postgresJs(postgres.adminUrl, { max: 1 });
      await admin`checkpoint`;
      await admin.end();
    },
    end: async (part: Part) => { parts.delete(part); await end(part); },
  };
}

export type Simulator = ReturnType<typeof simulatorAt>;

/** The simulator's control door over HTTP. */
function simulatorAt(url: string) {
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/_sim/${path}`, body && { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The simulator refused ${path}: ${await answer.text()}`);
    return await answer.json() as T; // the simulator's own JSON, whose shape the caller names
  };
  return {
    ask,
    configure: (change: object) => ask('config', change),
    arrivals: (accountSid: string, fields = '') => ask<Arrivals>(`arrivals?accountSid=${accountSid}&fields=${fields}`),
  };
}

/** An organisation that has connected an account of the simulator and accepted the agreement. */
async function connectedOrganization(db: Db, simulator: Simulator, request: Record<string, unknown>) {
  const { id, owner } = await createOrganization(db);
  const ctx = createContext(db, id, { kind: 'user', userId: owner.id, role: 'owner', address: null });
  const account = await simulator.ask<AccountCredentials>('accounts', request);
  const { accountSid, authToken, apiKeySid, apiKeySecret, messagingServiceSid } = account;
  await connectTwilio(ctx, { credentials: { accountSid, authToken, apiKeySid, apiKeySecret }, publicConfig: { messagingServiceSid, defaultSenderNumber: account.numbers[0]!.phoneNumber } });
  await acceptAgreement(db, id, owner.id, agreementText('bulk-sms').version);
  return { ctx, account };
}

/** Lists of contacts made by one statement: `count` people with numbers from `+1202…` on, every `optedOutEvery`th opted out. */
export async function fillList(ctx: Context, { slug, from, count, optedOutEvery = 0 }: { slug: string; from: number; count: number; optedOutEvery?: number }): Promise<void> {
  await inSystem(ctx.db, async (tx) => {
    await tx.execute(sql`
      insert into contact (organization_id, phone, first_name, last_name, fields, opted_out)
      select ${ctx.organizationId}, '+1' || (2024000000 + i), 'Name' || i, 'Surname', jsonb_build_object('city', 'Town ' || i % 100), ${optedOutEvery}::int > 0 and i % greatest(1, ${optedOutEvery}::int) = 0
      from generate_series(${from}::int, ${from + count - 1}::int) i on conflict do nothing`);
    await tx.execute(sql`insert into list (organization_id, slug, name) values (${ctx.organizationId}, ${slug}, ${slug})`);
    await tx.execute(sql`
      insert into list_member (organization_id, list_id, contact_id)
      select l.organization_id, l.id, c.id from list l join contact c on c.organization_id = l.organization_id
      where l.organization_id = ${ctx.organizationId} and l.slug = ${slug} and c.phone between ${`+1${2024000000 + from}`} and ${`+1${2024000000 + from + count - 1}`}`);
  });
  await inSystem(ctx.db, (tx) => tx.execute(sql`analyze contact, list_member`));
}

export async function ready(url: string): Promise<void> {
  if (!(await answers(url, 30))) throw new Error(`${url} does not answer`);
}

export async function until<T>(condition: () => Promise<T | null | false | undefined>, what: string, seconds: number): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; ;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`It did not happen within ${seconds} s: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address() as net.AddressInfo; probe.close(() => { resolve(port); }); });
  });
}
