import { expect, test } from 'vitest';
import { whyToBrake, type Failures } from './brake.ts';

const late = (code: number | null, count: number): Failures => ({ code, refused: 0, late: count });
const refused = (code: number | null, count: number): Failures => ({ code, refused: count, late: 0 });

test.each([
  ['fewer than 50 outcomes say nothing', 49, 0, [late(30003, 49)], false],
  ['29 % of different causes go on', 200, 0, [late(30003, 30), late(30005, 28)], false],
  ['30 % of different causes stop it', 200, 0, [late(30003, 32), late(30005, 28)], true],
  ['19 % of one code go on', 200, 0, [late(30007, 38)], false],
  ['20 % of one code stop it', 200, 0, [late(30007, 40)], true],
  ['20 % without any code go on: nothing is known about them', 200, 0, [late(null, 40)], false],
  ['refusals are known at once: measured against what is on its way they are few', 200, 3_800, [refused(21211, 200)], false],
  ['refusals of a third of all that was handed over stop it, receipts or not', 200, 400, [refused(21211, 200)], true],
] as const)('the brake: %s', (_, ended, pending, failures, stops) => {
  expect(whyToBrake({ ended, pending, failures: [...failures] }) !== null).toBe(stops);
});

test('the reason names the share, the most frequent cause with its code, and what to do', () => {
  expect(whyToBrake({ ended: 200, pending: 0, failures: [late(30005, 20), late(30003, 50)] })).toBe(
    'Stopped by the automatic brake: 35 % of the last 200 messages failed, most of them with “Phone was off or out of reach” (Twilio error 30003). '
    + 'Usually temporary. After several times in a row the number is probably gone. Retry after 24 h, then resume, or send 50 more and watch.');
});
