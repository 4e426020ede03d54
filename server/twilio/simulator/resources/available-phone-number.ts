import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { NUMBER_PRICES, offers, type Offer, type OfferType } from '#server/twilio/simulator/number-inventory.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

const PATH = '/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{Country}';

/** Numbers for sale, by Twilio's documented filters. */
export const availablePhoneNumberRoutes: ApiRoute[] = [
  { method: 'GET', host: 'api.twilio.com', path: `${PATH}/Local.json`, answer: (request) => search(request, 'local') },
  { method: 'GET', host: 'api.twilio.com', path: `${PATH}/TollFree.json`, answer: (request) => search(request, 'toll_free') },
  { method: 'GET', host: 'api.twilio.com', path: `${PATH}/Mobile.json`, answer: (request) => search(request, 'mobile') },
];

function search(request: ApiRequest, type: OfferType): Reply {
  const { query, simulator, params, path } = request;
  const country = params.Country ?? '';
  // Twilio has no such resource where it sells none of this type.
  if (!NUMBER_PRICES[country]?.prices[type === 'toll_free' ? 'toll free' : type]) throw notFound(path);
  const isFit = filterOf(query);
  const size = Math.max(1, Number(query.get('PageSize') ?? 50) || 50);
  const found = offers(simulator, { country, type, areaCode: query.get('AreaCode') }).filter(isFit);
  return { status: 200, body: { available_phone_numbers: found.slice(0, size).map(showOffer), uri: path } };
}

function filterOf(query: URLSearchParams): (offer: Offer) => boolean {
  const pattern = patternOf(query.get('Contains'));
  const equals = (name: string, value: string | undefined) => !query.has(name) || query.get(name) === value;
  const flag = (name: string, value: boolean) => !query.has(name) || (query.get(name) === 'true') === value;
  const without = (name: string, isExcluded: boolean) => query.get(name) !== 'true' || !isExcluded;
  return ({ phoneNumber, place, sms, mms, voice, needs }) => (!pattern || pattern.test(phoneNumber.slice(1)))
    && equals('InRegion', place?.region) && equals('InLocality', place?.locality) && equals('InPostalCode', place?.postalCode)
    && flag('SmsEnabled', sms) && flag('MmsEnabled', mms) && flag('VoiceEnabled', voice) && flag('FaxEnabled', false)
    && without('ExcludeAllAddressRequired', needs !== 'none') && without('ExcludeLocalAddressRequired', needs === 'local');
}

const KEYPAD: [letters: string, digit: string][] = [['ABC', '2'], ['DEF', '3'], ['GHI', '4'], ['JKL', '5'], ['MNO', '6'], ['PQRS', '7'], ['TUV', '8'], ['WXYZ', '9']];

/** `*` is any one digit, letters are those of a keypad, blanks and brackets are nothing. */
function patternOf(contains: string | null): RegExp | null {
  const signs = [...(contains ?? '').toUpperCase()].map((sign) => (sign === '*' ? '\\d' : KEYPAD.find(([letters]) => letters.includes(sign))?.[1] ?? sign.replace(/\D/g, '')));
  return signs.join('') ? new RegExp(signs.join('')) : null;
}

function showOffer({ phoneNumber, country, place, sms, mms, voice, needs }: Offer) {
  return {
    phone_number: phoneNumber,
    friendly_name: phoneNumber.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3'),
    iso_country: country,
    locality: place?.locality ?? null,
    region: place?.region ?? null,
    postal_code: place?.postalCode ?? null,
    rate_center: place?.locality.toUpperCase() ?? null,
    lata: null,
    latitude: null,
    longitude: null,
    address_requirements: needs,
    beta: false,
    // Upper case here, lower case on a bought number: Twilio's own habit.
    capabilities: { voice, SMS: sms, MMS: mms },
  };
}
