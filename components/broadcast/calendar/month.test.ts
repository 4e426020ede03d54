import { expect, test } from 'vitest';
import { calendarDayFrom, calendarMonthFrom, dayAfterKey, dayWords, weeksOf } from './month.ts';

test('a month begins on its weekday, Monday first, and ends on its last day', () => {
  const november = weeksOf('2026-11');
  expect(november).toHaveLength(6);
  expect(november[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
  expect(november[5]).toEqual(['2026-11-30', null, null, null, null, null, null]);
  expect(dayWords('2026-11-01')).toBe('Sunday, 1 November');
  expect(weeksOf('2027-02')).toHaveLength(4);
  expect(weeksOf('2028-02').flat().filter(Boolean)).toHaveLength(29);
});

test('keys walk over days, weeks and months, across their ends', () => {
  expect(dayAfterKey('2026-11-01', 'ArrowLeft')).toBe('2026-10-31');
  expect(dayAfterKey('2026-11-22', 'ArrowDown')).toBe('2026-11-29');
  expect(dayAfterKey('2026-11-25', 'Home')).toBe('2026-11-23');
  expect(dayAfterKey('2026-11-25', 'End')).toBe('2026-11-29');
  expect(dayAfterKey('2027-01-31', 'PageDown')).toBe('2027-02-28');
  expect(dayAfterKey('2027-01-15', 'PageUp')).toBe('2026-12-15');
  expect(dayAfterKey('2027-01-15', 'Enter')).toBeNull();
});

test('what is no month or no day of it in the address is left out', () => {
  const query = (text: string) => new URLSearchParams(text);
  expect(calendarMonthFrom(query('month=2026-13'))).toBeUndefined();
  expect(calendarMonthFrom(query('month=2026-12'))).toBe('2026-12');
  expect(calendarDayFrom(query('day=2026-12-24'), '2026-12')).toBe('2026-12-24');
  expect(calendarDayFrom(query('day=2026-11-31'), '2026-11')).toBeNull();
  expect(calendarDayFrom(query('day=2026-12-24'), '2026-11')).toBeNull();
});
