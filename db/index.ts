import { sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

export type Db = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql };
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/**
 * A pool on one database. `max` is the number of connections of this process. `erasureKeys` (server/erasure-keys.ts) are handed to every
 * transaction, in the statement that opens it: a trigger recognises the numbers of erased people by them, and the database never holds them.
 */
export function connect(url: string, max = 10, erasureKeys = ''): Db {
  const client = postgres(url, { max, onnotice: () => {}, connect_timeout: 10, idle_timeout: 60 });
  const db = drizzle(client, { schema });
  keysOf.set(db, erasureKeys);
  return db;
}

const keysOf = new WeakMap<Db, string>();

/** Closes the pool; after five seconds also what still runs. */
export const disconnect = (db: Db) => db.$client.end({ timeout: 5 });

/**
 * Runs `work` in one transaction that sees exactly one organisation. The setting is local to the transaction, so the next user of the connection
 * does not inherit it.
 */
export function inOrganization<T>(db: Db, organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return repeated(() => db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.organization_id', ${organizationId}, true), set_config('app.erasure_keys', ${keysOf.get(db) ?? ''}, true)`);
    return work(tx);
  }));
}

/** Runs `work` in one transaction over all organisations: sign-in, webhooks before the organisation is known, and the worker's sweeps. */
export function inSystem<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return repeated(() => db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.scope', 'system', true), set_config('app.erasure_keys', ${keysOf.get(db) ?? ''}, true)`);
    return work(tx);
  }));
}

/** A deadlock or serialization failure undid the whole transaction: run it again. Nothing outside Postgres happens inside transactions. */
async function repeated<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try { return await transaction(); } catch (error) {
      const code = error instanceof Error ? (error.cause as { code?: string } | undefined)?.code ?? (error as { code?: string }).code : undefined;
      if (attempt === 5 || (code !== '40P01' && code !== '40001')) throw error;
    }
  }
}

/** Rows of a raw statement. The caller names the shape: raw SQL has no types of its own, and timestamps, bigint and numeric arrive as text. */
export async function rows<T>(tx: Tx, query: ReturnType<typeof sql>): Promise<T[]> {
  return (await tx.execute(query)) as unknown as T[];
}

/** A Postgres array of texts as one parameter. */
export const textArray = (texts: string[]) => `{${texts.map((text) => JSON.stringify(text)).join(',')}}`;
