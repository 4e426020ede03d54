import { firstMoment, wallClockAt } from './wall-clock.ts';

/** Minutes of the day: allowed from `open` up to, not including, `close`. */
type Window = readonly [open: number, close: number];
/** A state of the US that allows marketing messages for a shorter time than 8:00 to 21:00; null: not at all on that day. */
export type StateHours = { state: string; weekday: Window; saturday: Window; sunday: Window | null; inWords: string };

const DAY = 1_440; // minutes
const hours = (open: number, close: number): Window => [open * 60, close * 60];
const daily = (state: string, open: number, close: number): StateHours => ({ state, weekday: hours(open, close), saturday: hours(open, close), sunday: hours(open, close), inWords: `${open}:00 to ${close}:00` });
const notOnSundays = (state: string): StateHours => ({ ...daily(state, 8, 20), sunday: null, inWords: '8:00 to 20:00, not on Sundays' });

/**
 * Stricter hours of states, as lists for senders name them (Drop Cowboy of November 2025, ClickPoint of July 2025, Referrizer): Fla. Stat. 501.616,
 * 15 Okl. St. 775C, RCW 80.36.390, Md. Com. Law 14-4501 ff., Conn. 42-288a, Texas SB 140 and others. Where lists differ the stricter one counts.
 * Holidays are not in it. No legal advice.
 */
const states: ReadonlyArray<readonly [StateHours, areaCodes: string]> = [
  [daily('Florida', 8, 20), '239 305 321 324 352 386 407 448 561 645 656 689 727 754 772 786 813 850 863 904 941 954'],
  [daily('Oklahoma', 8, 20), '405 539 572 580 918'],
  [daily('Maryland', 8, 20), '227 240 301 410 443 667'],
  [daily('New Jersey', 8, 20), '201 551 609 640 732 848 856 862 908 973'],
  [daily('Massachusetts', 8, 20), '339 351 413 508 617 774 781 857 978'],
  [daily('Washington', 8, 20), '206 253 360 425 509 564'],
  [daily('Connecticut', 9, 20), '475 860 959'],
  [notOnSundays('Alabama'), '205 251 256 334 659 938'],
  [notOnSundays('Louisiana'), '225 318 337 504 985'],
  [notOnSundays('Mississippi'), '228 601 662 769'],
  [{ ...daily('Texas', 9, 21), sunday: hours(12, 21), inWords: '9:00 to 21:00, on Sundays from 12:00' }, '214 254 281 325 346 361 409 430 432 469 512 682 737 806 817 830 832 903 915 936 940 945 956 972 979'],
  [{ state: 'Rhode Island', weekday: hours(9, 18), saturday: hours(10, 17), sunday: null, inWords: '9:00 to 18:00, on Saturdays 10:00 to 17:00, not on Sundays' }, '401'],
];

/** By area code, as Google's table of prefixes gives them to the states (a test compares). */
export const stateByAreaCode: ReadonlyMap<string, StateHours> = new Map(states.flatMap(([state, codes]) => codes.split(' ').map((code) => [code, state] as const)));

/** The stricter hours of the state that a number's area code belongs to, or null. The owner may have moved: then both places count. */
export function stateHoursOf(recipient: string): StateHours | null {
  const digits = recipient.replace(/\D/g, '');
  return digits.startsWith('1') ? stateByAreaCode.get(digits.slice(1, 4)) ?? null : null;
}

/** The first moment from `at` on, in ms since 1970, at which the state allows a message by the clocks of the zone. */
export function openingOf(state: StateHours, zone: string, at: number): number {
  const wall = wallClockAt(zone, at);
  const midnight = wall - (wall % DAY);
  const today = windowOn(state, midnight);
  if (today && wall - midnight >= today[0] && wall - midnight < today[1]) return at;
  for (let day = midnight; ; day += DAY) {
    const window = windowOn(state, day);
    if (window && day + window[0] > wall) return firstMoment(zone, day + window[0]);
  }
}

/** Day 0 of wall clocks, 1970-01-01, was a Thursday. */
function windowOn({ weekday, saturday, sunday }: StateHours, midnight: number): Window | null {
  const day = (midnight / DAY + 4) % 7;
  return day === 0 ? sunday : day === 6 ? saturday : weekday;
}
