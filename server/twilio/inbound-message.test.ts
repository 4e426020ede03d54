import { expect, test } from 'vitest';
import { parseInbound } from './inbound-message.ts';

const hex = '0123456789abcdef0123456789abcdef';
const basic = {
  AccountSid: `AC${hex}`, ApiVersion: '2010-04-01', Body: 'Hello', From: 'whatsapp:+12025550143', MessageSid: `SM${hex}`, NumMedia: '0', NumSegments: '1', SmsStatus: 'received', To: 'whatsapp:+14155551234',
  FromCity: '', FromCountry: 'US', ProfileName: 'Ann 🌻', WaId: '12025550143', MessageType: 'text',
};
const parse = (more: Record<string, string> = {}, without: string[] = []) => parseInbound(new URLSearchParams(Object.entries({ ...basic, ...more }).filter(([name]) => !without.includes(name))));

test('P75: a message with all that WhatsApp tells besides', () => {
  expect(parse({
    MessageType: 'location', Latitude: '37.7879', Longitude: '-122.4008', Address: '1 Main St', Label: 'Office', Forwarded: 'true', ButtonText: 'Yes', ButtonPayload: 'yes-1', OriginalRepliedMessageSid: `SM${hex}`,
    NumMedia: '2', MediaUrl0: 'https://api.twilio.com/ME0', MediaContentType0: 'image/jpeg', MediaUrl1: 'javascript:alert(1)', MediaContentType1: 'image/png', ExternalUserId: 'whatsapp:ID.4566546130240823',
  })).toEqual({
    sid: `SM${hex}`, accountSid: `AC${hex}`, from: 'whatsapp:+12025550143', to: 'whatsapp:+14155551234', body: 'Hello', optOutType: null, profileName: 'Ann 🌻', waUserId: 'ID.4566546130240823',
    media: [{ url: 'https://api.twilio.com/ME0', contentType: 'image/jpeg' }],
    extra: { messageType: 'location', location: { latitude: 37.7879, longitude: -122.4008, address: '1 Main St', label: 'Office' }, forwarded: true, buttonText: 'Yes', buttonPayload: 'yes-1', repliedToSid: `SM${hex}` },
  });
});

test.each([
  ['an id in the place of the number', { From: 'whatsapp:ID.4566546130240823' }, 'whatsapp:ID.4566546130240823', 'ID.4566546130240823'],
  ['an id of Meta with its country', { From: 'whatsapp:US.13491208655302741918' }, 'whatsapp:US.13491208655302741918', 'US.13491208655302741918'],
  ['the id alone', { From: '', ExternalUserId: 'whatsapp:ID.45' }, 'whatsapp:ID.45', 'ID.45'],
  ['a prefix and nothing else', { From: 'whatsapp:', ExternalUserId: 'ID.45' }, 'whatsapp:ID.45', 'ID.45'],
  ['nothing at all', { From: '' }, `whatsapp:unknown.SM${hex}`, null],
  ['something with blanks', { From: 'whatsapp:a b' }, `whatsapp:unknown.SM${hex}`, null],
  ['a brand name, by SMS', { From: 'ACME-Bank', To: '+14155551234' }, 'ACME-Bank', null],
])('P75: %s is somebody who wrote', (_, more, from, waUserId) => {
  expect(parse(more)).toMatchObject({ from, waUserId });
});

test('a tapped button without words says its title; what no database keeps is left out; more media than there can be is cut', () => {
  expect(parse({ Body: '', ButtonText: 'Stop' })?.body).toBe('Stop');
  expect(parse({ Body: 'a\u0000b', ProfileName: '\u0000' })).toMatchObject({ body: 'ab', profileName: null });
  expect(parse({ NumMedia: '12', ...Object.fromEntries(Array.from({ length: 12 }, (__, i) => [`MediaUrl${i}`, `https://api.twilio.com/ME${i}`])) })?.media).toHaveLength(10);
  expect(parse({}, ['Body', 'NumMedia'])).toMatchObject({ body: '', media: [] });
});

// The signature is over names and values in a row, so these forms have the signature of a real one.
test.each<[string, Record<string, string>, string[]]>([
  ['a text that hides in the parameter before it', { ApiVersion: '2010-04-01BodyHello' }, ['Body']],
  ['a country that hides in the city', { FromCity: 'FromCountryUS' }, ['FromCountry']],
  ['the sid of the account with more behind it', { AccountSid: `AC${hex}ApiVersion2010-04-01` }, ['ApiVersion']],
  ['a receiver that swallowed its place', { To: 'whatsapp:+14155551234ToCity' }, []],
  ['a sid that is too short', { MessageSid: 'SM1' }, []],
  ['no sid', {}, ['MessageSid']],
  ['a receiver in words', { To: 'shop' }, []],
])('P74: %s is no message', (_, more, without) => {
  expect(parse(more, without)).toBeNull();
});

test.each(['MessageSid', 'Body', 'From', 'To', 'OptOutType', 'NumMedia'])('P74: %s twice is no message', (name) => {
  const form = new URLSearchParams({ ...basic, OptOutType: 'STOP' });
  form.append(name, form.get(name)!);
  expect(parseInbound(form)).toBeNull();
});
