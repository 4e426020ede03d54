import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfQuiet, endOfQuietEverywhere, isQuiet, quietHours } from './quiet-hours.ts';
import { firstMoment, offsetAt, readWallClock, wallClockAt, writeWallClock } from './wall-clock.ts';

const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata'] as const;
const MINUTE = 60_000;
const at = (text: string) => Date.parse(text);
const time = (moment: number) => new Date(moment).toISOString().slice(0, 16);
const night = quietHours('21:00', '08:00')!;

/** The oracle: the clock as Intl writes it, without any arithmetic of ours. */
const clocks = new Map(zones.map((zone) => [zone, new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })]));
function shown(zone: (typeof zones)[number], moment: number) {
  const parts = clocks.get(zone)!.formatToParts(moment);
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}
/** Within ten hours of a change of the clocks, in 2026: New York, Berlin, Lord Howe (by half an hour). */
const changes = ['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z', '2026-10-03T15:30Z'].map(at);
const nearChange = fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -900, max: 900 })).map(([change, minutes]) => change + minutes * MINUTE);
const anyQuiet = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1439 })).map(([from, length]) => ({ from, to: (from + length) % 1440 }));

test('wall clocks are those that Intl shows, also around a change', () => {
  fc.assert(fc.property(fc.constantFrom(...zones), nearChange, (zone, moment) => {
    expect(writeWallClock(wallClockAt(zone, moment))).toBe(shown(zone, moment));
  }), { numRuns: 400 });
  expect([offsetAt('Asia/Kolkata', 0), offsetAt('UTC', 0), offsetAt('America/St_Johns', at('2026-07-01T00:00Z'))]).toEqual([330, 0, -150]);
});

test('a time on the wall is reached at its first moment; of an hour left out, at the jump; of an hour that comes twice, the first time', () => {
  const moment = (zone: string, wall: string) => time(firstMoment(zone, readWallClock(wall)!));
  expect(moment('America/New_York', '2026-03-08T09:00')).toBe('2026-03-08T13:00');
  expect(moment('America/New_York', '2026-03-07T09:00')).toBe('2026-03-07T14:00');
  expect(moment('America/New_York', '2026-03-08T02:30')).toBe('2026-03-08T07:00');
  expect(moment('America/New_York', '2026-03-08T03:00')).toBe('2026-03-08T07:00');
  expect(moment('Europe/Berlin', '2026-10-25T02:30')).toBe('2026-10-25T00:30');
  expect(moment('Europe/Berlin', '2026-10-25T03:00')).toBe('2026-10-25T02:00');
  expect(moment('Australia/Lord_Howe', '2026-10-04T02:15')).toBe('2026-10-03T15:30');
  expect([readWallClock('2026-02-30T09:00'), readWallClock('2026-02-28T24:00'), readWallClock('soon')]).toEqual([null, null, null]);
});

test('before that first moment no clock of the zone shows the time or a later one of that day', () => {
  fc.assert(fc.property(fc.constantFrom(...zones), nearChange, (zone, near) => {
    const wall = wallClockAt(zone, near);
    const first = firstMoment(zone, wall);
    expect(wallClockAt(zone, first)).toBeGreaterThanOrEqual(wall);
    expect(wallClockAt(zone, first - MINUTE)).toBeLessThan(wall);
    expect(first).toBeLessThanOrEqual(near);
  }), { numRuns: 400 });
});

test('the end of the quiet time is never inside it, and every minute before it is: in four zones, over their changes', () => {
  fc.assert(fc.property(fc.constantFrom(...zones), nearChange, anyQuiet, (zone, moment, quiet) => {
    const end = endOfQuiet(quiet, zone, moment);
    const shownMinute = (at: number) => Number(shown(zone, at).slice(11, 13)) * 60 + Number(shown(zone, at).slice(14));
    const oracle = (at: number) => (shownMinute(at) - quiet.from + 1440) % 1440 < (quiet.to - quiet.from + 1440) % 1440;
    expect(oracle(end)).toBe(false);
    for (let each = moment; each < end; each += 23 * MINUTE) if (!oracle(each)) expect.fail(`${time(each)} is not quiet`);
    if (end > moment) expect(oracle(end - MINUTE)).toBe(true);
  }), { numRuns: 300 });
});

test('a night over a change ends at eight on the wall: an hour sooner in spring, an hour later in autumn', () => {
  expect(time(endOfQuiet(night, 'America/New_York', at('2026-03-08T03:00Z')))).toBe('2026-03-08T12:00');
  expect(time(endOfQuiet(night, 'America/New_York', at('2026-11-01T03:00Z')))).toBe('2026-11-01T13:00');
  expect(time(endOfQuiet(night, 'Europe/Berlin', at('2026-03-28T22:00Z')))).toBe('2026-03-29T06:00');
  expect(time(endOfQuiet(night, 'Europe/Berlin', at('2026-10-24T22:00Z')))).toBe('2026-10-25T07:00');
  expect(time(endOfQuiet(night, 'Asia/Kolkata', at('2026-03-08T18:00Z')))).toBe('2026-03-09T02:30');
  expect(time(endOfQuiet({ from: 60, to: 150 }, 'America/New_York', at('2026-03-08T06:30Z')))).toBe('2026-03-08T07:00'); // 02:30 does not exist: the jump ends it
  expect([isQuiet(night, 'UTC', at('2026-03-08T21:00Z')), isQuiet(night, 'UTC', at('2026-03-08T08:00Z'))]).toEqual([true, false]);
});

test('somebody who may be in several zones waits until it is quiet in none of them', () => {
  const both = ['America/New_York', 'America/Los_Angeles'];
  expect(time(endOfQuietEverywhere(night, both, at('2026-01-10T14:00Z'))!)).toBe('2026-01-10T16:00'); // nine in New York, six in Los Angeles
  expect(time(endOfQuietEverywhere(night, both, at('2026-01-11T02:30Z'))!)).toBe('2026-01-11T16:00'); // 21:30 in New York
  fc.assert(fc.property(fc.uniqueArray(fc.constantFrom(...zones, 'America/Los_Angeles', 'Europe/London'), { minLength: 1 }), nearChange, (among, moment) => {
    const end = endOfQuietEverywhere(night, among, moment);
    if (end === null) { expect(among.length).toBeGreaterThan(1); return; }
    for (const zone of among) expect(isQuiet(night, zone, end), zone).toBe(false);
    for (let each = moment; each < end; each += 23 * MINUTE) if (!among.some((zone) => isQuiet(night, zone, each))) expect.fail(`${time(each)} is free`);
  }), { numRuns: 150 });
});

test('zones whose nights cover the day together have no moment in common', () => {
  expect(endOfQuietEverywhere(quietHours('18:00', '09:00')!, ['Asia/Tokyo', 'America/New_York'], at('2026-01-10T14:00Z'))).toBeNull();
});
