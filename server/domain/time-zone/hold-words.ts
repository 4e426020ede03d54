import { countryName } from '#server/domain/country-name.ts';
import type { Hold } from './departure.ts';

/** Whose hours somebody waits for: a state by its name, else a country (ISO 3166 alpha-2); null where the place is told by the zone alone. */
export type HoldPlace = { place: string | null; zone: string | null };

/** What is kept of a hold, to say it in words. `zones`: where the person may be; a contact's own zone says more than the country of their number. */
export function placeOf(hold: Hold, zones: readonly string[], country: string | null, hasOwnZone: boolean): HoldPlace {
  const zone = zones.length === 1 ? zones[0]! : null;
  if (hold.reason !== 'quiet_hours') return { place: null, zone };
  return { place: hold.state?.state ?? (hasOwnZone ? null : country), zone };
}

/** "23 Nov, 08:00 in Texas": by the clocks there where the place has one, else by those of `home`, which is then named. */
export function untilWords(until: Date, { place, zone }: HoldPlace, home: string): string {
  const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone ?? home }).format(until);
  if (place === null) return `${moment} (${zone ?? home})`;
  const name = /^[A-Z]{2}$/.test(place) ? countryName(place) : place;
  const where = name.startsWith('United ') ? `the ${name}` : name;
  return zone === null ? `${moment} (${home}) in ${where}` : `${moment} in ${where}`;
}

/** What one message waits for, as delivery_retry names it. */
export function waitWords({ reason, until, ...where }: HoldPlace & { reason: string; until: Date }, home: string): string {
  const moment = untilWords(until, where, home);
  if (reason === 'quiet_hours') return `Quiet hours until ${moment}`;
  if (reason === 'local_time') return `Waits until ${moment}`;
  if (reason === 'tier') return `The sender’s daily limit is reached; waits until ${moment}`;
  if (reason === 'template') return 'Waits for its template';
  if (reason === 'conflict') return 'Waits for the outcome of another message';
  return 'Tried again in a moment';
}
