import type { Home } from './of-person.ts';
import { endOfQuiet, endOfQuietEverywhere, type QuietHours } from './quiet-hours.ts';
import { firstMoment, type WallClock } from './wall-clock.ts';

/** When messages of a broadcast may leave: not in the quiet hours of the recipient, and not before this time on the recipient's wall. */
export type TimeRules = { quiet: QuietHours | null; localSendAt: WallClock | null; home: Home };
export type Hold = { until: number; reason: 'quiet_hours' | 'local_time' };

/** What is decided now may reach the socket this much later, in ms: it must still be allowed then. */
const MARGIN = 2_500;

/**
 * Until when somebody in these zones has to wait, in ms since 1970, or null when the message may leave now. Strict where the place is not sure: the
 * time on the wall has come in all of their zones, and it is quiet in none. Zones that have no such moment in common leave it to the organisation's zone.
 */
export function holdOf({ quiet, localSendAt, home }: TimeRules, zones: readonly string[], now: number): Hold | null {
  const earliest = localSendAt === null ? now : Math.max(now, ...zones.map((zone) => firstMoment(zone, localSendAt)));
  const clear = (moment: number) => (quiet ? endOfQuietEverywhere(quiet, zones, moment) ?? endOfQuiet(quiet, home.timeZone, moment) : moment);
  let until = clear(earliest);
  if (until === now && clear(now + MARGIN) > now + MARGIN) until = clear(now + MARGIN);
  if (until === now) return null;
  return { until, reason: until === earliest ? 'local_time' : 'quiet_hours' };
}
