import { expect, test } from 'vitest';
import { readPhone } from '#server/domain/contact/phone.ts';

test.each([
  ['+1 202 555 0123', 'US', '+12025550123'], ['(202) 555-0199', 'US', '+12025550199'], ['1-202-555-0100', 'US', '+12025550100'],
  ['+15005550006', 'DE', '+15005550006'], ['+15005553003', 'US', '+15005553003'], ['+15005560009', null, '+15005560009'],
  ['0171 2345678', 'DE', '+491712345678'], ['0044 20 7946 0958', 'US', '+442079460958'], ['011 44 20 7946 0958', 'US', '+442079460958'],
  ["'+12025550123", null, '+12025550123'], ['="+12025550123"', null, '+12025550123'], ['whatsapp:+12025550123', null, '+12025550123'],
  ['\u00a0+1\u00a0202\u00a0555\u00a00123 ', null, '+12025550123'], ['202.555.0123', 'US', '+12025550123'], ['0171/2345678', 'DE', '+491712345678'],
])('P23: %s in %s is %s', (text, country, phone) => {
  expect(readPhone(text, country)).toEqual({ phone });
});

test.each([
  ['555-0100', null, '‘555-0100’ has no country code.', 'Choose a default country or add +1.'],
  ['555-0100', 'US', 'is not complete for the default country (United States)', 'area code'],
  ['', 'US', 'There is no phone number', 'country code'], ['ask Ann', 'US', 'is not a phone number', '+1'],
  ['1.20256E+10', 'US', 'shortened by a spreadsheet', 'text'], ['+1 202 555 0123 ext 5', 'US', 'extension', 'Remove'],
  ['2025550123; 2025550124', 'US', 'two numbers', 'one number'], ['+1 202 555 0123 / +1 202 555 0124', 'US', 'two numbers', 'one number'], ['0171 2345678 oder 0171 2345679', 'DE', 'two numbers', 'one number'], ['+999 123 456 789', 'US', 'country code that does not exist', 'after +'],
  ['+1 202', 'US', 'too short', 'missing'], ['+1 555 555 0100', 'US', 'exists in its country', 'digit'], ['9'.repeat(50), 'US', 'too long', 'one number'],
])('‘%s’ in %s is refused in words that help', (text, country, problem, howToFix) => {
  const reading = readPhone(text, country);
  expect(reading).toMatchObject({ phone: null, problem: expect.stringContaining(problem), howToFix: expect.stringContaining(howToFix) });
});
