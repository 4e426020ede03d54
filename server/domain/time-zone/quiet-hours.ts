import { jumpBetween, offsetAt, wallClockAt } from './wall-clock.ts';

/** Wall-clock minutes of the day: quiet from `from` up to, not including, `to`. May pass midnight; never equal. */
export type QuietHours = { from: number; to: number };

const DAY = 1_440; // minutes
const MINUTE = 60_000; // ms
/** When zones have no free moment in common within this, there will hardly be one: their quiet hours cover the day together. In ms. */
const FURTHEST = 2 * DAY * MINUTE;

/** Both as HH:MM, or null when there are none. */
export function quietHours(from: string | null, to: string | null): QuietHours | null {
  return from === null || to === null || from === to ? null : { from: minuteOfDay(from), to: minuteOfDay(to) };
}

const minuteOfDay = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Whether it is quiet in the zone at this moment (ms since 1970). */
export function isQuiet(quiet: QuietHours, zone: string, at: number): boolean {
  const minute = mod(wallClockAt(zone, at), DAY);
  return quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
}

/** The first moment from `at` on, in ms, at which it is not quiet in the zone. Clocks may jump meanwhile: over the end, or back into the quiet. */
export function endOfQuiet(quiet: QuietHours, zone: string, at: number): number {
  let moment = at;
  while (isQuiet(quiet, zone, moment)) {
    const start = Math.floor(moment / MINUTE) * MINUTE;
    const end = start + mod(quiet.to - wallClockAt(zone, start), DAY) * MINUTE;
    moment = offsetAt(zone, end) === offsetAt(zone, start) ? end : jumpBetween(zone, start, end);
  }
  return moment;
}

/**
 * The first moment from `at` on at which it is quiet in none of the zones: the strict rule for somebody who may be in any of them. Null when there is
 * none, because their quiet hours cover the day together.
 */
export function endOfQuietEverywhere(quiet: QuietHours, zones: readonly string[], at: number): number | null {
  let moment = at;
  for (let next = moment; ; moment = next) {
    for (const zone of zones) next = endOfQuiet(quiet, zone, next);
    if (next === moment) return moment;
    if (next > at + FURTHEST) return null;
  }
}

const mod = (value: number, by: number) => ((value % by) + by) % by;
