import { expect, test } from 'vitest';
import { formatDuration } from './duration.ts';

const plain = (seconds: number) => formatDuration(seconds).replaceAll('\u00a0', ' ');

test.each([
  [0, '0 s'],
  [0.2, '<1 s'],
  [45, '45 s'],
  [59.6, '1 min'],
  [90, '1 min 30 s'],
  [3599.6, '1 h'],
  [4320, '1 h 12 min'],
  [7199, '2 h'],
  [86_399, '1 d'],
  [97_200, '1 d 3 h'],
])('%s seconds are %s', (seconds, text) => {
  expect(plain(seconds)).toBe(text);
});
