import { expect, test } from 'vitest';
import { daysOfMonth, monthFrom, neighbourMonth } from './month-query.ts';

const now = new Date('2026-11-22T23:30:00Z');

test('a month has all its days, the running one those until today', () => {
  expect(daysOfMonth('2026-02', now)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(daysOfMonth('2024-02', now).to).toBe('2024-02-29');
  expect(daysOfMonth('2026-11', now)).toEqual({ from: '2026-11-01', to: '2026-11-22' });
});

test('a month that does not exist or has not begun is this month', () => {
  for (const month of ['2026-13', '2026-12', 'x', '']) expect(monthFrom(new URLSearchParams({ month }), now)).toBe('2026-11');
  expect(monthFrom(new URLSearchParams('month=2026-10'), now)).toBe('2026-10');
});

test('the month beside another crosses the year', () => {
  expect([neighbourMonth('2026-01', -1), neighbourMonth('2026-12', 1), neighbourMonth('2026-03', -1)]).toEqual(['2025-12', '2027-01', '2026-02']);
});
