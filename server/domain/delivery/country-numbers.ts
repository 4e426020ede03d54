import { getCountryCallingCode } from 'libphonenumber-js/max';
import { areaCodesOf } from '#server/domain/contact/country.ts';
import { isCountry } from '#server/domain/contact/phone.ts';

/** How the numbers of a country begin: its calling code, and which three digits follow it where several countries share the code. */
export type CountryNumbers = { prefix: string; areas: string[] | null };

/**
 * Numbers of a country (ISO 3166 alpha-2), or null when there is none. The countries of +1 and +7 are told apart by area; some islands that share the
 * code of their mainland (Jersey and +44) count as it.
 */
export function countryNumbers(country: string): CountryNumbers | null {
  if (!isCountry(country)) return null;
  const code = getCountryCallingCode(country);
  return { prefix: `+${code}`, areas: code === '1' ? areaCodesOf(country) : code === '7' ? kazakhOrRussian(country) : null };
}

/** +7 6 and +7 7 are Kazakhstan. */
const kazakhOrRussian = (country: string): string[] =>
  Array.from({ length: 1_000 }, (_, area) => String(area).padStart(3, '0')).filter((area) => /^[67]/.test(area) === (country === 'KZ'));
