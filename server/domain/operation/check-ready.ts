import { sql } from 'drizzle-orm';
import journal from '#db/migrations/meta/_journal.json' with { type: 'json' };
import { inSystem, rows, type Db } from '#db/index.ts';

/** Can this process serve requests? */
export type Readiness = { database: 'ok' | 'down'; migrations: 'current' | 'behind' | 'unknown' };

const PATIENCE = 3_000; // ms; a probe that hangs is an answer too

/** Whether the database answers and has every migration that this code was written for. Never throws. */
export async function checkReady(db: Db): Promise<Readiness> {
  try {
    return { database: 'ok', migrations: (await within(PATIENCE, lastMigration(db))) >= newestMigration() ? 'current' : 'behind' };
  } catch (error) {
    return isMissingTable(error) ? { database: 'ok', migrations: 'behind' } : { database: 'down', migrations: 'unknown' };
  }
}

async function lastMigration(db: Db) {
  const [row] = await inSystem(db, (tx) => rows<{ last: string | null }>(tx, sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`));
  return Number(row?.last ?? 0);
}

const newestMigration = () => Math.max(...journal.entries.map((entry) => entry.when));

/** Postgres: undefined_table, invalid_schema_name. Drizzle wraps the driver's error. */
function isMissingTable(error: unknown) {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].some((value) => value === '42P01' || value === '3F000');
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
