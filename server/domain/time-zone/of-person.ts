import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import { zonesOfNumber } from './of-number.ts';
import { isTimeZone } from './schema.ts';

/** What is known of the place of somebody. */
export type Whereabouts = { timeZone: string | null; recipient: string };
/** The organisation's own place, for those of whom nothing is known. */
export type Home = { timeZone: string; defaultCountry: string };

/**
 * The zones in which a person may be: the one that their contact names, else all those of their number. Of a number whose prefix says nothing
 * (satellite, international services) we take the organisation's zone and all of its country. A rule for somebody in several zones must hold in each.
 */
export function zonesOf({ timeZone, recipient }: Whereabouts, home: Home): readonly string[] {
  if (timeZone !== null && isTimeZone(timeZone)) return [timeZone];
  const zones = zonesOfNumber(recipient);
  if (zones.length > 0) return zones;
  const country = isSupportedCountry(home.defaultCountry) ? zonesOfNumber(getCountryCallingCode(home.defaultCountry)) : [];
  return [...new Set([home.timeZone, ...country])];
}
