import { expect, test, vi } from 'vitest';

vi.hoisted(() => Object.assign(process.env, { DATABASE_URL: 'postgres://unused', AUTH_SECRET: 's'.repeat(32), ENCRYPTION_KEY: 'cd'.repeat(32), LOG_LEVEL: 'silent' }));

import { createContext } from '#server/context.ts';
import type { Db } from '#db/index.ts';
import { nextCheck } from './next-check.ts';

const now = new Date('2026-11-22T12:00:00Z');
// It reads the clock of the context and nothing else of it.
const ctx = { ...createContext(undefined as unknown as Db, 'o', { kind: 'system', task: 'test' }), now: () => now };
const MINUTE = 60_000;

test.each([
  ['received', 1, 2], ['pending', 59, 2], ['pending', 61, 15], ['pending', 47 * 60, 15], ['pending', 49 * 60, 24 * 60], ['approved', 5, 24 * 60], ['approved', 90 * 24 * 60, 24 * 60], ['paused', 90 * 24 * 60, 15],
] as const)('P59: %s, %i minutes after the submit, is read again after %i minutes', (status, waited, after) => {
  const submittedAt = new Date(now.getTime() - waited * MINUTE);
  expect(nextCheck(ctx, { status, submittedAt, createdAt: submittedAt, rejectionReason: null })).toEqual(new Date(now.getTime() + after * MINUTE));
});

test('what cannot change any more is not read again; a refusal without its reason is, for a day', () => {
  const at = (status: 'draft' | 'disabled' | 'rejected', rejectionReason: string | null, hours = 1) => nextCheck(ctx, { status, submittedAt: new Date(now.getTime() - hours * 60 * MINUTE), createdAt: now, rejectionReason });
  expect([at('draft', null), at('disabled', null), at('rejected', 'SCAM'), at('rejected', null, 25)]).toEqual([null, null, null, null]);
  expect(at('rejected', null)).toEqual(new Date(now.getTime() + 5_000));
});
