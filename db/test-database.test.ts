import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { testDatabase } from './test-database.ts';

const { url } = await testDatabase();

// A failure would be that of this file, after its test: the database goes then.
test('a database in which a superuser is at work, as autovacuum is one, goes when that has ended', async () => {
  const admin = postgres(Object.assign(new URL(inject('testAdminUrl')), { pathname: new URL(url).pathname }).href, { max: 1, onnotice: () => {} });
  expect(await admin`select 1 as one`).toEqual([{ one: 1 }]);
  setTimeout(() => void admin.end(), 1_000);
});
