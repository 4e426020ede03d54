/**
 * Upper bounds, in seconds, of the buckets in which broadcast_duration_rollup counts the time from hand-over to delivery; a last bucket is open. The
 * database's function duration_bucket (migration 0008) holds the same.
 */
export const DURATION_BOUNDS: readonly number[] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400, 259_200];

/** Deliveries of one bucket; `upTo` in seconds, null for the open one. */
export type Duration = { upTo: number | null; count: number };

/** Every bucket, also an empty one, from the counts by number of bucket. */
export const durationsOf = (counts: ReadonlyMap<number, number>): Duration[] =>
  [...DURATION_BOUNDS, null].map((upTo, bucket) => ({ upTo, count: counts.get(bucket) ?? 0 }));

/**
 * Seconds within which `part` (0 to 1) of the deliveries came, evenly spread within a bucket. Of the open bucket only its beginning is known. Null
 * without any delivery.
 */
export function quantileOf(durations: readonly Duration[], part: number): number | null {
  const all = durations.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return null;
  let before = 0;
  for (const [bucket, { upTo, count }] of durations.entries()) {
    const from = durations[bucket - 1]?.upTo ?? 0;
    if (count > 0 && before + count >= part * all) return upTo === null ? from : from + ((upTo - from) * (part * all - before)) / count;
    before += count;
  }
  return null;
}
