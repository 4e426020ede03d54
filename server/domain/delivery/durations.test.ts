import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rows } from '#db/index.ts';
import { testDatabase } from '#db/test-database.ts';
import { DURATION_BOUNDS, durationsOf, quantileOf } from '#server/domain/delivery/durations.ts';

const { db } = await testDatabase();

test('the buckets are those of the database: each bound begins the next one', async () => {
  const found = await db.transaction((tx) => rows<{ below: number; at: number }>(tx, sql`
    select duration_bucket(t, t + make_interval(secs => bound - 0.001)) as below, duration_bucket(t, t + make_interval(secs => bound)) as at
    from json_array_elements_text(${JSON.stringify(DURATION_BOUNDS)}::json) with ordinality as b(text, n)
    cross join lateral (select text::float8 as bound, timestamptz '2026-11-20T10:00:00Z' as t) x order by n`));
  expect(found).toEqual(DURATION_BOUNDS.map((_, bucket) => ({ below: bucket, at: bucket + 1 })));
});

test('a receipt that comes before the answer counts as no time at all', async () => {
  const [found] = await db.transaction((tx) => rows<{ bucket: number }>(tx, sql`select duration_bucket('2026-11-20T10:00:01Z', '2026-11-20T10:00:00Z') as bucket`));
  expect(found).toEqual({ bucket: 0 });
});

test('percentiles lie within their bucket, and of the open one its beginning is told', () => {
  const durations = durationsOf(new Map([[3, 50], [5, 40], [DURATION_BOUNDS.length, 10]]));
  expect(durations[3]).toEqual({ upTo: 5, count: 50 });
  expect([quantileOf(durations, 0.25), quantileOf(durations, 0.5), quantileOf(durations, 0.7), quantileOf(durations, 0.99)]).toEqual([4, 5, 8.5, 259_200]);
  expect(quantileOf(durationsOf(new Map()), 0.5)).toBeNull();
});
