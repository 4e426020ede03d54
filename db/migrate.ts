import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { runMigrations } from 'graphile-worker';
import { connect, disconnect, type Db } from './index.ts';

const folder = new URL('./migrations', import.meta.url).pathname;
const LOCK = 7_405_117; // any number, the same in every process that migrates

/** The role that the application works as when the connection is a superuser's: one whom row-level security binds. */
const ROLE = 'hailer_app';

/**
 * Brings the database to the newest schema, graphile-worker's included, and closes the tenant tables. Several processes may call it at once.
 * @throws Error when Postgres is older than 15.
 */
export async function migrateDatabase(url: string): Promise<void> {
  await leaveSuperuser(url);
  const db = connect(url, 2);
  try {
    await requireVersion(db);
    await db.$client.begin(async (lock) => {
      await lock`select pg_advisory_xact_lock(${LOCK})`;
      await migrate(db, { migrationsFolder: folder });
      await runMigrations({ connectionString: url });
      await db.execute(sql`select secure_tenant_tables()`);
    });
  } finally {
    await disconnect(db);
  }
}

async function requireVersion(db: Db) {
  const [row] = await db.execute(sql`select current_setting('server_version_num')::int as version`);
  if (Number(row?.version) < 150_000) throw new Error(`Postgres 15 or newer is needed; DATABASE_URL reaches version ${String(row?.version)}.`);
}

/**
 * Row-level security does not bind superusers. For one, all later sessions in this database start as an ordinary role that owns the schema
 * (`SET ROLE NONE` in psql gives the superuser back).
 */
async function leaveSuperuser(url: string) {
  const db = connect(url, 1);
  try {
    const [me] = await db.execute(sql`select rolsuper or rolbypassrls as unbound, session_user as name, current_database() as database from pg_roles where rolname = current_user`);
    if (!me?.unbound) return;
    const [name, database] = [quote(String(me.name)), quote(String(me.database))];
    await db.execute(sql.raw(`do $$ begin create role ${ROLE} nologin; exception when duplicate_object or unique_violation then null; end $$`));
    await db.execute(sql.raw(`grant create, connect, temporary on database ${database} to ${ROLE}`));
    await db.execute(sql.raw(`alter schema public owner to ${ROLE}`));
    await db.execute(sql.raw(`alter role ${name} in database ${database} set role = '${ROLE}'`));
  } finally {
    await disconnect(db);
  }
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
