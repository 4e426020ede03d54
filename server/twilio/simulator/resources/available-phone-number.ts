import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

const PATH = '/2010-04-01/Accounts/{AccountSid}/AvailablePhoneNumbers/{Country}';

/** Numbers for sale: a small inventory, the same in every run, less what is sold. Only the US has any. */
export const availablePhoneNumberRoutes: ApiRoute[] = [
  { method: 'GET', host: 'api.twilio.com', path: `${PATH}/Local.json`, answer: (request) => search(request, false) },
  { method: 'GET', host: 'api.twilio.com', path: `${PATH}/TollFree.json`, answer: (request) => search(request, true) },
  { method: 'GET', host: 'api.twilio.com', path: `${PATH}/Mobile.json`, answer: (request) => page(request, []) },
];

const PLACES: Record<string, { locality: string; region: string; postalCode: string }> = {
  '206': { locality: 'Seattle', region: 'WA', postalCode: '98101' },
  '212': { locality: 'New York', region: 'NY', postalCode: '10001' },
  '305': { locality: 'Miami', region: 'FL', postalCode: '33101' },
  '312': { locality: 'Chicago', region: 'IL', postalCode: '60601' },
  '415': { locality: 'San Francisco', region: 'CA', postalCode: '94102' },
  '512': { locality: 'Austin', region: 'TX', postalCode: '78701' },
};

/** Unsold numbers in E.164, at most 12 per area code; any plausible US area code has some. */
export function inventory(simulator: Simulator, wish: { areaCode: string | null; tollFree: boolean }): string[] {
  const areaCodes = wish.areaCode ? [wish.areaCode] : wish.tollFree ? ['833', '844', '855'] : Object.keys(PLACES);
  const found: string[] = [];
  for (const areaCode of areaCodes) {
    if (!/^[2-9]\d\d$/.test(areaCode)) continue;
    for (let line = 1; line <= 12; line++) {
      const number = `+1${areaCode}5552${String((line * 37 + Number(areaCode)) % 1000).padStart(3, '0')}`;
      if (!simulator.numbers.has(number)) found.push(number);
    }
  }
  return found;
}

function search(request: ApiRequest, tollFree: boolean): Reply {
  const { query, simulator, params } = request;
  if (params.Country !== 'US') return page(request, []);
  const contains = query.get('Contains');
  const pattern = contains ? new RegExp(contains.replace(/[^\d*]/g, '').replace(/\*/g, '\\d')) : null;
  const region = query.get('InRegion');
  const locality = query.get('InLocality');
  const found = inventory(simulator, { areaCode: query.get('AreaCode'), tollFree }).filter((number) => {
    const place = placeOf(number);
    return (!pattern || pattern.test(number)) && (!region || place?.region === region) && (!locality || place?.locality === locality);
  });
  return page(request, found);
}

function page(request: ApiRequest, numbers: string[]): Reply {
  const size = Math.max(1, Number(request.query.get('PageSize') ?? 50) || 50);
  const body = { available_phone_numbers: numbers.slice(0, size).map(showAvailable), uri: request.path };
  return { status: 200, body };
}

function showAvailable(number: string) {
  const place = placeOf(number);
  return {
    phone_number: number,
    friendly_name: number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3'),
    iso_country: 'US',
    locality: place?.locality ?? null,
    region: place?.region ?? null,
    postal_code: place?.postalCode ?? null,
    rate_center: place?.locality.toUpperCase() ?? null,
    lata: null,
    latitude: null,
    longitude: null,
    address_requirements: 'none',
    beta: false,
    // Upper case here, lower case on a bought number: Twilio's own habit.
    capabilities: { voice: true, SMS: true, MMS: true },
  };
}

function placeOf(number: string) {
  return PLACES[number.slice(2, 5)];
}
