import type { Home } from './of-person.ts';
import { endOfQuiet, endOfQuietEverywhere, type QuietHours } from './quiet-hours.ts';
import { openingOf, type StateHours } from './state-hours.ts';
import { firstMoment, type WallClock } from './wall-clock.ts';

/** When messages of a broadcast may leave: not in the quiet hours of the recipient, and not before this time on the recipient's wall. */
export type TimeRules = { quiet: QuietHours | null; localSendAt: WallClock | null; home: Home };
/** `state`: the one whose hours, stricter than the organisation's, hold it longest. */
export type Hold = { until: number; reason: 'quiet_hours' | 'local_time'; state: StateHours | null };

/** What is decided now may reach the socket this much later, in ms: it must still be allowed then. */
const MARGIN = 2_500;

/** Closed hours of a state and quiet hours may follow one another; when they leave no moment within this, the organisation's zone decides, in ms. */
const FURTHEST = 7 * 24 * 3_600_000;

/**
 * Until when somebody in these zones has to wait, in ms since 1970, or null when the message may leave now. Strict where the place is not sure: the
 * time on the wall has come in all of their zones, and it is quiet in none. Where quiet hours are kept, so are the stricter ones of the state of their
 * number. Zones that have no such moment in common leave it to the organisation's zone.
 */
export function holdOf({ quiet, localSendAt, home }: TimeRules, zones: readonly string[], now: number, state: StateHours | null = null): Hold | null {
  const earliest = localSendAt === null ? now : Math.max(now, ...zones.map((zone) => firstMoment(zone, localSendAt)));
  const clear = (moment: number, by: StateHours | null) => (quiet ? endOfAll(quiet, by, zones, moment) ?? endOfQuiet(quiet, home.timeZone, moment) : moment);
  let until = clear(earliest, state);
  if (until === now && clear(now + MARGIN, state) > now + MARGIN) until = clear(now + MARGIN, state);
  if (until === now) return null;
  return { until, reason: until === earliest ? 'local_time' : 'quiet_hours', state: state && clear(earliest, null) < until ? state : null };
}

/** The first moment at which it is neither quiet in one of the zones nor closed by the state's hours there; null: there is none. */
function endOfAll(quiet: QuietHours, state: StateHours | null, zones: readonly string[], at: number): number | null {
  for (let moment = at; moment <= at + FURTHEST;) {
    let next = endOfQuietEverywhere(quiet, zones, moment);
    if (next === null || !state) return next;
    for (const zone of zones) next = openingOf(state, zone, next);
    if (next === moment) return moment;
    moment = next;
  }
  return null;
}
