import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { testDatabase } from '#db/test-database.ts';
import { faultOf } from './log.ts';

const { db } = await testDatabase();

async function failing(work: () => Promise<unknown>): Promise<unknown> {
  try { await work(); } catch (error) { return error; }
  throw new Error('it did not fail');
}

test("a database error is logged by its code and place, never with the statement's parameters", async () => {
  const error = await failing(() => db.execute(sql`select ${'+12025550101 canary'}::int`));
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).toContain('canary');
  const fault = faultOf(error);
  expect(fault).toMatchObject({ error: expect.stringMatching(/^database error 22\w{3}$/) });
  expect(fault.stack).toMatch(/log\.test\.ts/);
  expect(JSON.stringify(fault)).not.toContain('canary');
});

test('another error keeps its message, cut short; what is no error is named so', () => {
  expect(faultOf(new TypeError('x is not a function'))).toMatchObject({ error: 'TypeError: x is not a function' });
  expect(faultOf(new Error('y'.repeat(1_000))).error.length).toBeLessThan(250);
  expect(faultOf('nonsense')).toEqual({ error: 'unknown' });
});
