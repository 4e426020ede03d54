import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { shouldRetry } from './query-client.ts';

const answered = (httpStatus: number) => TRPCClientError.from({ error: { message: 'x', code: -32000, data: { httpStatus } } });

test('a refusal is not asked again, a lost connection and a failing server are, twice', () => {
  for (const status of [400, 401, 402, 403, 404, 409, 422, 429]) expect(shouldRetry(0, answered(status)), String(status)).toBe(false);
  for (const error of [answered(500), answered(502), TRPCClientError.from(new TypeError('fetch failed')), new Error('x')]) {
    expect([0, 1, 2].map((failures) => shouldRetry(failures, error))).toEqual([true, true, false]);
  }
});
