import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { getCountries, getCountryCallingCode, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { textArray } from '#db/index.ts';
import { isCountry } from '#server/domain/contact/phone.ts';

/** Of the countries that share a calling code and whose numbers no first digits tell apart, the one to which all of them are counted. */
const counted: Record<string, string> = { 39: 'IT', 44: 'GB', 61: 'AU', 212: 'MA', 262: 'RE', 590: 'GP' };

/**
 * Holds for numbers of a country (ISO 3166 alpha-2), by calling code and, where several countries share it, by the digits that follow; +1 by area code.
 * A territory without digits of its own (Jersey, Guernsey) is counted to its neighbour, and asking for it finds nobody.
 */
export function isOfCountry(phone: SQLWrapper, country: string): SQL {
  if (!isCountry(country)) return sql`false`;
  const code = getCountryCallingCode(country);
  if (code === '1') return sql`left(${phone}, 5) = any(${textArray(areaCodesOf(country).map((area) => `+1${area}`))}::text[])`;
  const digits = sharesCode(code) ? ownDigits(country) : '';
  if (digits === undefined) return counted[code] === country ? sql`${phone} like ${`+${code}%`}` : sql`false`;
  return digits === '' ? sql`${phone} like ${`+${code}%`}` : sql`${phone} ~ ${`^\\+${code}(?:${digits})`}`;
}

const sharesCode = (code: string) => getCountries().filter((country) => getCountryCallingCode(country) === code).length > 1;

function ownDigits(country: string): string | undefined {
  if (!isCountry(country)) return undefined;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan?.leadingDigits() || undefined; // 0 where there are none
}

let areas: Map<string, string[]> | undefined;

/** 202, 415 … of one country of +1. The metadata has no table of them, so the library that reads the numbers is asked area by area, once per process. */
export function areaCodesOf(country: string): string[] {
  if (!areas) {
    areas = new Map();
    for (let area = 200; area < 1000; area++) {
      const owner = parsePhoneNumberFromString(`+1${area}2345678`)?.country;
      if (owner) areas.set(owner, [...(areas.get(owner) ?? []), String(area)]);
    }
  }
  return areas.get(country) ?? [];
}

/** ISO 3166 alpha-2 of a number or channel address, or null when its digits tell none. */
export const countryOf = (address: string): string | null => parsePhoneNumberFromString(address.replace(/^[a-z]+:/, ''))?.country ?? null;
