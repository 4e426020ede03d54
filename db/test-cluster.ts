import type { TestProject } from 'vitest/node';
import { startPostgres } from '../scripts/postgres.mjs';
import { migrateDatabase } from './migrate.ts';

declare module 'vitest' {
  interface ProvidedContext { testDatabaseUrl: string; testAdminUrl: string }
}

/** One Postgres without durability for the whole test run, with a migrated template that every test file copies. */
export default async function setup(project: TestProject) {
  const cluster = await startPostgres(new URL('..', import.meta.url).pathname, { ephemeral: true, database: 'hailer_template' });
  await migrateDatabase(cluster.url);
  project.provide('testDatabaseUrl', cluster.url);
  project.provide('testAdminUrl', cluster.adminUrl);
  return () => cluster.stop();
}
