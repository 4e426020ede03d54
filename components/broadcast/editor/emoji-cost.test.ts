import { expect, test } from 'vitest';
import { emojiCost } from './emoji-cost.ts';

test('an emoji says how many segments it makes of a text: Unicode has 70 characters in one, 67 in each of several', () => {
  expect(emojiCost('x'.repeat(100))).toContain('2\u00a0segments instead of 1');
  expect(emojiCost('x'.repeat(160))).toContain('3\u00a0segments instead of 1');
  expect(emojiCost('x'.repeat(68))).toContain('still fits 1\u00a0segment');
  expect(emojiCost('x'.repeat(69))).toContain('2\u00a0segments instead of 1');
  expect(emojiCost('Schöner Tag ☀')).toContain('Unicode already');
});
