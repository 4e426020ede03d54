import * as z from 'zod';
import { invalidField } from '#server/errors.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import type { CreateContactInput } from '#server/domain/contact/schema.ts';
import { isTimeZone } from '#server/domain/time-zone/schema.ts';

const email = z.email();

/** One address with a domain, up to 254 characters. */
export const isEmail = (text: string) => text.length <= 254 && email.safeParse(text).success;

type Values = Pick<CreateContactInput, 'phone' | 'email' | 'firstName' | 'lastName' | 'timeZone' | 'consentSource'>;

/**
 * The columns that an input names, checked: an empty text clears, what is left out stays out.
 * @throws Problem validation_failed naming the field.
 */
export function contactColumns(input: Values, country: string) {
  return {
    ...(input.phone === undefined ? {} : { phone: phoneColumn(input.phone, country) }),
    ...(input.email === undefined ? {} : { email: checked('email', input.email, isEmail, 'is not an e-mail address. It has one @ and a domain, like ann@example.com.') }),
    ...(input.firstName === undefined ? {} : { firstName: input.firstName || null }),
    ...(input.lastName === undefined ? {} : { lastName: input.lastName || null }),
    ...(input.timeZone === undefined ? {} : { timeZone: checked('timeZone', input.timeZone, isTimeZone, 'is not a time zone. Choose one like America/New_York.') }),
  };
}

function phoneColumn(text: string, country: string): string | null {
  if (text === '') return null;
  const reading = readPhone(text, country);
  if (reading.phone === null) throw invalidField('phone', `${reading.problem} ${reading.howToFix}`);
  return reading.phone;
}

function checked(field: string, text: string, isRight: (text: string) => boolean, problem: string): string | null {
  if (text === '') return null;
  if (!isRight(text)) throw invalidField(field, `‘${text}’ ${problem}`);
  return text;
}
