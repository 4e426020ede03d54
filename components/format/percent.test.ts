import { expect, test } from 'vitest';
import { formatPartOf, formatPercent } from './percent.ts';

test('one decimal below ten percent, none above', () => {
  expect(formatPercent(3, 40)).toBe('7.5%');
  expect(formatPercent(30, 40)).toBe('75%');
  expect(formatPercent(995, 10_000)).toBe('10%');
  expect(formatPercent(40, 40)).toBe('100%');
});

test('never rounds to nothing or to everything', () => {
  expect(formatPercent(1, 100_000)).toBe('<0.1%');
  expect(formatPercent(9_999, 10_000)).toBe('>99%');
  expect(formatPercent(0, 40)).toBe('0%');
  expect(formatPercent(0, 0)).toBe('–');
});

test('n of N', () => {
  expect(formatPartOf(1100, 1204)).toBe('1,100\u00a0of\u00a01,204');
});
