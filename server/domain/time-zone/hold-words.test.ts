import { expect, test } from 'vitest';
import { holdOf } from './departure.ts';
import { placeOf, untilWords, waitWords } from './hold-words.ts';
import { zonesOf } from './of-person.ts';
import { quietHours } from './quiet-hours.ts';
import { stateHoursOf } from './state-hours.ts';

const home = { timeZone: 'Europe/Vienna', defaultCountry: 'AT' };
function wordsFor(recipient: string, country: string, now: string, timeZone: string | null = null) {
  const zones = zonesOf({ timeZone, recipient }, home);
  const hold = holdOf({ quiet: quietHours('21:00', '08:00'), localSendAt: null, home }, zones, Date.parse(now), stateHoursOf(recipient))!;
  return waitWords({ reason: hold.reason, until: new Date(hold.until), ...placeOf(hold, zones, country, timeZone !== null) }, home.timeZone);
}

test('the state whose hours hold a message is named, with the time on its own clocks', () => {
  expect(wordsFor('+12145550101', 'US', '2026-11-24T06:00Z')).toBe('Quiet hours until 24 Nov, 09:00 in Texas');
  expect(wordsFor('+12145550101', 'US', '2026-11-22T13:00Z'), 'a Sunday').toBe('Quiet hours until 22 Nov, 12:00 in Texas');
});

test('where the organisation’s own hours hold it, the country of the number is named, or the zone that the contact has', () => {
  expect(wordsFor('+4915112345601', 'DE', '2026-11-24T02:00Z')).toBe('Quiet hours until 24 Nov, 08:00 in Germany');
  expect(wordsFor('+12125550101', 'US', '2026-11-24T06:00Z')).toBe('Quiet hours until 24 Nov, 08:00 in the United States');
  expect(wordsFor('+12125550101', 'US', '2026-11-24T14:00Z', 'Asia/Tokyo')).toBe('Quiet hours until 25 Nov, 08:00 (Asia/Tokyo)');
});

test('a place with several clocks is told by those of the organisation, which are named', () => {
  expect(untilWords(new Date('2026-11-24T16:00Z'), { place: 'AU', zone: null }, 'Europe/Vienna')).toBe('24 Nov, 17:00 (Europe/Vienna) in Australia');
});
