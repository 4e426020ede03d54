import { expect, test } from 'vitest';
import { momentIn, placeOf, suggestedTime, wallClockIn, wallClockWords } from './zone.ts';

test('zones are named by their place, moments with it', () => {
  expect([placeOf('America/Argentina/Buenos_Aires'), placeOf('UTC')]).toEqual(['Buenos Aires', 'UTC']);
  expect(momentIn('2031-03-08T14:00:00Z', 'America/New_York')).toBe('8 Mar 2031, 09:00 in New York');
  expect(momentIn('2031-03-08T14:00:00Z', 'UTC')).toBe('8 Mar 2031, 14:00 UTC');
  expect(wallClockWords('2031-03-08T09:00')).toBe('8 Mar 2031, 09:00');
});

test('a field gets the clock of the zone, and a suggestion is a full hour ahead', () => {
  expect(wallClockIn(new Date('2026-03-08T04:30:00Z'), 'America/New_York')).toBe('2026-03-07T23:30');
  expect(wallClockIn(new Date('2026-03-08T05:00:00Z'), 'America/New_York')).toBe('2026-03-08T00:00');
  expect(suggestedTime('Europe/Berlin', new Date('2026-01-10T09:59:00Z'))).toBe('2026-01-10T12:00');
});
