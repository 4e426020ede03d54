import { expect, test } from 'vitest';
import { holdOf } from './departure.ts';
import { quietHours } from './quiet-hours.ts';
import { readWallClock } from './wall-clock.ts';

const home = { timeZone: 'Europe/Vienna', defaultCountry: 'AT' };
const night = quietHours('21:00', '08:00');
const hold = (rules: { quiet?: typeof night; localSendAt?: string }, zones: string[], now: string) => {
  const found = holdOf({ quiet: rules.quiet ?? null, localSendAt: rules.localSendAt ? readWallClock(rules.localSendAt) : null, home }, zones, Date.parse(now));
  return found && `${found.reason} ${new Date(found.until).toISOString().slice(0, 16)}`;
};

test('in local time: four zones over a change of the clocks get it at nine on their own walls', () => {
  const now = '2026-03-07T20:00Z'; // the night in which New York changes
  const localSendAt = '2026-03-08T09:00';
  expect(hold({ localSendAt }, ['Asia/Kolkata'], now)).toBe('local_time 2026-03-08T03:30');
  expect(hold({ localSendAt }, ['Europe/Berlin'], now)).toBe('local_time 2026-03-08T08:00');
  expect(hold({ localSendAt }, ['America/New_York'], now)).toBe('local_time 2026-03-08T13:00');
  expect(hold({ localSendAt }, ['America/Phoenix'], now)).toBe('local_time 2026-03-08T16:00');
});

test('in local time: who may be in several zones waits for the last of them; whose time has passed goes out at once', () => {
  expect(hold({ localSendAt: '2026-01-10T09:00' }, ['America/Boise', 'America/Los_Angeles'], '2026-01-10T12:00Z')).toBe('local_time 2026-01-10T17:00');
  expect(hold({ localSendAt: '2026-01-10T09:00' }, ['Asia/Tokyo'], '2026-01-10T09:00Z')).toBeNull();
});

test('in local time: neither a chosen hour nor one that has passed overrules the quiet hours', () => {
  expect(hold({ quiet: night, localSendAt: '2026-01-10T22:00' }, ['Europe/Berlin'], '2026-01-10T12:00Z')).toBe('quiet_hours 2026-01-11T07:00');
  expect(hold({ quiet: night, localSendAt: '2026-01-10T09:00' }, ['Asia/Tokyo'], '2026-01-10T12:30Z')).toBe('quiet_hours 2026-01-10T23:00');
  expect(hold({ quiet: night, localSendAt: '2026-01-10T12:00' }, ['Europe/Berlin'], '2026-01-10T01:00Z')).toBe('local_time 2026-01-10T11:00');
});

test('quiet hours: held until their end, also when the quiet begins before the message could reach the socket', () => {
  expect(hold({ quiet: night }, ['Europe/Berlin'], '2026-01-10T19:59:50Z')).toBeNull();
  expect(hold({ quiet: night }, ['Europe/Berlin'], '2026-01-10T19:59:58Z')).toBe('quiet_hours 2026-01-11T07:00');
  expect(hold({ quiet: night }, ['Europe/Berlin'], '2026-01-11T06:59:59Z')).toBe('quiet_hours 2026-01-11T07:00');
  expect(hold({ quiet: night }, ['Europe/Berlin'], '2026-01-11T07:00Z')).toBeNull();
  expect(hold({}, ['Europe/Berlin'], '2026-01-10T23:00Z')).toBeNull();
});

test('quiet hours: zones that are never free together leave it to the zone of the organisation', () => {
  expect(hold({ quiet: quietHours('18:00', '09:00') }, ['Asia/Tokyo', 'America/New_York'], '2026-01-10T20:00Z')).toBe('quiet_hours 2026-01-11T08:00');
});
