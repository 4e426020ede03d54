import { isSupportedCountry, parsePhoneNumberWithError, ParseError, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { countryName } from '#server/domain/country-name.ts';

/** What is wrong with a number, for counting the same mistakes together. */
export type PhoneFault = 'no_phone' | 'no_country_code' | 'unknown_country_code' | 'too_short' | 'too_long' | 'impossible' | 'two_numbers' | 'mangled' | 'extension' | 'no_number' | 'landline';
type Refusal = { phone: null; kind: PhoneFault; problem: string; howToFix: string };
export type PhoneReading = { phone: string } | Refusal;

/**
 * Reads a number in any usual form: spaced, with 00 or whatsapp: before it, in the quotes (' or ="…") that keep spreadsheets from counting with it. A number without a
 * country code is one of `country` (ISO 3166 alpha-2). Gives E.164, or what is wrong in words for the person who typed it; never throws.
 * In the US and Canada nobody can tell a landline by its number; there none is refused.
 */
export function readPhone(text: string, country: string | null, { refuseLandlines = false } = {}): PhoneReading {
  const typed = text.trim().replace(/^="(.*)"$/, '$1').replace(/^['’\s]+/, '').replace(/^(whatsapp|tel):/i, '').trim();
  const shape = wrongShape(typed);
  if (shape) return shape;
  const number = parse(typed, country) ?? (typed.startsWith('00') ? parse(typed.replace(/^00/, '+'), null) : undefined);
  if (!number) return explain(typed, country);
  if (!/^\+[1-9]\d{6,14}$/.test(number.number)) return refuse('too_short', `‘${typed}’ is too short for a phone number.`, 'Add the missing digits.');
  if (number.ext) return refuse('extension', `‘${typed}’ has an extension, which no message can reach.`, 'Remove the extension, or give a mobile number.');
  if (refuseLandlines && number.getType() === 'FIXED_LINE') return refuse('landline', `‘${typed}’ is a landline, which gets no texts.`, 'Give a mobile number, or let landlines in.');
  return { phone: number.number };
}

export const isCountry = (country: string): country is CountryCode => isSupportedCountry(country);

function wrongShape(typed: string): Refusal | null {
  if (typed === '') return refuse('no_phone', 'There is no phone number.', 'Enter one with its country code, like +1 202 555 0123.');
  if (typed.length > 40) return refuse('too_long', `‘${typed.slice(0, 40)}…’ is too long for a phone number.`, 'Keep one number.');
  if (/^[\d.,]+e\+?\d+$/i.test(typed)) return refuse('mangled', `‘${typed}’ was shortened by a spreadsheet; its last digits are lost.`, 'Format the column as text in the spreadsheet, enter the full number and export again.');
  if (holdsTwo(typed)) return refuse('two_numbers', `‘${typed}’ seems to hold two numbers.`, 'Keep one number.');
  if (!/\d/.test(typed)) return refuse('no_number', `‘${typed}’ is not a phone number.`, 'Enter a number with its country code, like +1 202 555 0123.');
  return null;
}

/** Two parts that are long enough for numbers of their own; 030/1234567 is one number. */
const holdsTwo = (typed: string) => typed.split(/[;,/|&\n]|\s(?:or|and|oder|und)\s/i).filter((part) => part.replace(/\D/g, '').length >= 7).length > 1;

/** A number that exists as a number range, or nothing. */
function parse(typed: string, country: string | null): PhoneNumber | undefined {
  const number = attempt(typed, country);
  return typeof number === 'object' && number.isValid() ? number : undefined;
}

function attempt(typed: string, country: string | null): PhoneNumber | string {
  try {
    return parsePhoneNumberWithError(typed, { defaultCountry: country && isCountry(country) ? country : undefined, extract: false });
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

function explain(typed: string, country: string | null): Refusal {
  const isInternational = /^(\+|00)/.test(typed);
  if (!isInternational && !country) return refuse('no_country_code', `‘${typed}’ has no country code.`, 'Choose a default country or add +1.');
  if (!isInternational && country) {
    return refuse('no_country_code', `‘${typed}’ has no country code and is not complete for the default country (${countryName(country)}).`, 'Add the area code, or write + and the country code before the number.');
  }
  const failure = attempt(typed.replace(/^00/, '+'), null);
  if (failure === 'INVALID_COUNTRY') return refuse('unknown_country_code', `‘${typed}’ begins with a country code that does not exist.`, 'Correct the digits after +.');
  const digits = typed.replace(/\D/g, '').length;
  if (failure === 'TOO_SHORT' || digits < 8) return refuse('too_short', `‘${typed}’ is too short for a phone number.`, 'Add the missing digits.');
  if (failure === 'TOO_LONG' || digits > 15) return refuse('too_long', `‘${typed}’ is too long for a phone number.`, 'Remove the digits that do not belong to it.');
  return refuse('impossible', `‘${typed}’ is not a number that exists in its country.`, 'Compare it with the original: a digit is missing, doubled or wrong.');
}

const refuse = (kind: PhoneFault, problem: string, howToFix: string): Refusal => ({ phone: null, kind, problem, howToFix });
