import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { erasureKeys } from '#server/erasure-keys.ts';
import { connect, disconnect, type Db } from './index.ts';

export type TestDatabase = { db: Db; url: string };

/** A database of this test file's own, copied from the migrated template and dropped after the last test. Call it once, at the top of the file. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('testDatabaseUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(template, `create database ${name} template ${template.pathname.slice(1)}`);
  const url = Object.assign(new URL(template), { pathname: `/${name}` }).href;
  const db = connect(url, 8, erasureKeys('ab'.repeat(32)));
  afterAll(async () => {
    await disconnect(db);
    await administer(template, `drop database ${name} with (force)`);
  });
  return { db, url };
}

/**
 * Runs one statement from outside, again and again when Postgres refuses it for the moment: two files copy the template at once, or autovacuum is at
 * work in the database that goes, and only a superuser may end that.
 */
async function administer(template: URL, statement: string) {
  const sql = postgres(Object.assign(new URL(template), { pathname: '/postgres' }).href, { max: 1, onnotice: () => {} });
  try {
    for (let attempt = 0; ; attempt++) {
      try { await sql.unsafe(statement); return; } catch (error) {
        if (attempt === 200 || !/being accessed|permission denied to terminate/.test(String(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 + 100 * Math.random()));
      }
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}
