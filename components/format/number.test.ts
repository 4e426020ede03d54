import { expect, test } from 'vitest';
import { formatCompact, formatCount, formatNumber } from './number.ts';

test('numbers are grouped', () => {
  expect(formatNumber(0)).toBe('0');
  expect(formatNumber(12430)).toBe('12,430');
  expect(formatNumber(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993');
});

test('compact starts at ten thousand', () => {
  expect(formatCompact(9_999)).toBe('9,999');
  expect(formatCompact(12_430)).toBe('12.4K');
  expect(formatCompact(1_200_000)).toBe('1.2M');
});

test('counts agree with their noun', () => {
  expect(formatCount(1, 'person', 'people')).toBe('1\u00a0person');
  expect(formatCount(1204, 'person', 'people')).toBe('1,204\u00a0people');
  expect(formatCount(0, 'list')).toBe('0\u00a0lists');
});
