import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '#server/twilio/messages.ts';
import { judge } from './judge.ts';

const sid = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }).map((hex) => `SM${hex}`);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ class: fc.constant('accepted' as const), sid, status: fc.constantFrom('accepted', 'queued'), httpStatus: fc.constant(201) }),
  fc.record({
    class: fc.constant('rejected' as const), httpStatus: fc.constantFrom(400, 401, 403, 404, 429),
    code: fc.oneof(fc.constantFrom(20003, 20429, 21211, 21408, 21610, 21611, 21617, 20404, 30034, 63018), fc.integer({ min: 10_000, max: 69_999 })), retryAfter: fc.option(fc.integer({ min: 1, max: 3_600 })),
  }),
  fc.record({ class: fc.constant('unsent' as const), cause: fc.constantFrom('too_late', 'ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT') }),
  fc.record({ class: fc.constant('uncertain' as const), httpStatus: fc.option(fc.constantFrom(201, 408, 500, 502, 503)), cause: fc.string() }),
);
const judged = (property: (verdict: ReturnType<typeof judge>, outcome: Outcome, n: number) => void) =>
  fc.assert(fc.property(outcome, fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (o, n, jitter) => property(judge(o, n, jitter), o, n)), { numRuns: 2_000 });

test('D12: an attempt whose outcome is unknown is never tried again by itself, and nothing else is unknown', () => {
  judged((verdict, { class: kind }) => {
    expect(verdict.state === 'uncertain').toBe(kind === 'uncertain');
    if (verdict.state === 'uncertain') expect(verdict).toMatchObject({ retryIn: null, status: 'unknown', holds: false });
  });
});

test('D15: exactly what Twilio accepted has a sid and counts as handed over', () => {
  judged((verdict, { class: kind }) => {
    expect(verdict.sid !== null).toBe(kind === 'accepted');
    expect(verdict.status === 'sending').toBe(kind === 'accepted');
  });
});

test('every refusal ends: it is tried again later, or it has failed for good, never both and never neither', () => {
  judged((verdict, { class: kind }) => {
    if (kind !== 'rejected' && kind !== 'unsent') return;
    expect((verdict.retryIn !== null) !== (verdict.status === 'failed')).toBe(true);
    if (verdict.retryIn !== null) expect(verdict.retryIn).toBeGreaterThanOrEqual(0);
    if (verdict.holds) expect(verdict.retryIn).toBe(0);
  });
});

test('what Twilio turns away for the moment is not tried for ever', () => {
  expect(judge({ class: 'rejected', code: 20429, httpStatus: 429, retryAfter: null }, 1, 1)).toMatchObject({ state: 'rejected', retryIn: 1 });
  expect(judge({ class: 'rejected', code: 20429, httpStatus: 429, retryAfter: 7 }, 3, 1)).toMatchObject({ retryIn: 7 });
  expect(judge({ class: 'rejected', code: 20429, httpStatus: 429, retryAfter: null }, 10, 1)).toMatchObject({ status: 'failed', retryIn: null });
});
