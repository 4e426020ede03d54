import { expect, test } from 'vitest';
import { formatDay, formatMoment, formatRelative, toDate } from './time.ts';

const now = new Date('2026-11-22T10:42:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const relative = (seconds: number) => formatRelative(before(seconds), now)?.replaceAll('\u00a0', ' ');

test('relative within a day, either way', () => {
  expect(relative(10)).toBe('just now');
  expect(relative(180)).toBe('3 min ago');
  expect(relative(7300)).toBe('2 h ago');
  expect(relative(-7300)).toBe('in 2 h');
  expect(relative(86_400)).toBeUndefined();
});

test('absolute, with year and zone only when they are needed', () => {
  expect(formatMoment(now, { zone: 'UTC', now })).toBe('22 Nov, 10:42');
  expect(formatMoment(now, { zone: 'UTC', withZone: true })).toBe('22 Nov 2026, 10:42 UTC');
  expect(formatMoment(now, { zone: 'America/New_York', now })).toBe('22 Nov, 05:42');
  expect(formatDay(now, 'UTC')).toBe('22 Nov 2026');
});

test('what is no date gives nothing', () => {
  expect(toDate('soon')).toBeUndefined();
  expect(toDate('2026-11-22T10:42:00Z')).toEqual(now);
});
