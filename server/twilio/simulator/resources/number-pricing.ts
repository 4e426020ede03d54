import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { NUMBER_PRICES } from '#server/twilio/simulator/number-inventory.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/PhoneNumbers/Countries';

/** What a number of each country costs a month. */
export const numberPricingRoutes: ApiRoute[] = [
  { method: 'GET', host: 'pricing.twilio.com', path: LIST, answer: listCountries },
  { method: 'GET', host: 'pricing.twilio.com', path: `${LIST}/{Country}`, answer: fetchCountry },
];

function listCountries(request: ApiRequest): Reply {
  const countries = Object.entries(NUMBER_PRICES).map(([code, { name }]) => ({ country: name, iso_country: code, url: `${request.origin}${LIST}/${code}` }));
  return { status: 200, body: metaEnvelope(request, 'countries', pageOf(request, countries, (country) => country.iso_country), (country) => country) };
}

function fetchCountry(request: ApiRequest): Reply {
  const code = (request.params.Country ?? '').toUpperCase();
  const country = NUMBER_PRICES[code];
  if (!country) throw notFound(request.path);
  const prices = Object.entries(country.prices).map(([type, price]) => ({ number_type: type, base_price: price, current_price: price }));
  return { status: 200, body: { country: country.name, iso_country: code, price_unit: 'USD', phone_number_prices: prices, url: `${request.origin}${LIST}/${code}` } };
}
