/** What a clock on a wall shows, in minutes since 1970-01-01T00:00 as if it stood in UTC. All moments here are minutes too, since 1970 UTC. */
export type WallClock = number;

const DAY = 1_440; // minutes
const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes by which clocks of the zone are ahead of UTC at this moment (ms since 1970). */
export function offsetAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const text = format.format(at); // 11/22/2026, GMT-05:00
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** What the clocks of the zone show at this moment (ms since 1970). */
export const wallClockAt = (zone: string, at: number): WallClock => Math.floor(at / 60_000) + offsetAt(zone, at);

/** yyyy-mm-ddThh:mm as minutes, or null when there is no such day or hour. */
export function readWallClock(text: string): WallClock | null {
  const at = Date.parse(`${text}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(at)) return null;
  return new Date(at).toISOString().startsWith(text) ? at / 60_000 : null;
}

/** The minutes of a wall clock as yyyy-mm-ddThh:mm. */
export const writeWallClock = (wall: WallClock): string => new Date(wall * 60_000).toISOString().slice(0, 16);

/**
 * The first moment (ms since 1970) at which clocks of the zone show this time or have passed it: of an hour that comes twice the first, of an hour
 * that is left out the moment of the jump.
 */
export function firstMoment(zone: string, wall: WallClock): number {
  const offsets = [offsetAt(zone, (wall - DAY) * 60_000), offsetAt(zone, (wall + DAY) * 60_000)];
  const [early, late] = [Math.min(...offsets), Math.max(...offsets)];
  const [from, to] = [(wall - late) * 60_000, (wall - early) * 60_000];
  if (wallClockAt(zone, from) >= wall) return from;
  return offsetAt(zone, to) === offsetAt(zone, from) ? to : jumpBetween(zone, from, to);
}

/** The first minute after `from` and not after `to` whose offset is another than that of `from`. */
export function jumpBetween(zone: string, from: number, to: number): number {
  const before = offsetAt(zone, from);
  let [low, high] = [Math.floor(from / 60_000), Math.floor(to / 60_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * 60_000) === before) low = middle;
    else high = middle;
  }
  return high * 60_000;
}
