import type { ApiRequest, ApiRoute, Reply } from '#server/twilio/simulator/http.ts';
import { metaEnvelope, pageOf } from '#server/twilio/simulator/paging.ts';
import { COUNTRY_PRICES } from '#server/twilio/simulator/price.ts';
import { notFound } from '#server/twilio/simulator/twilio-error.ts';

const LIST = '/v1/Messaging/Countries';

/** SMS list prices per country: the same table that the simulator charges by. */
export const messagingPricingRoutes: ApiRoute[] = [
  { method: 'GET', host: 'pricing.twilio.com', path: LIST, answer: listCountries },
  { method: 'GET', host: 'pricing.twilio.com', path: `${LIST}/{Country}`, answer: fetchCountry },
];

function listCountries(request: ApiRequest): Reply {
  const countries = Object.entries(COUNTRY_PRICES).map(([code, price]) => ({
    country: price.name,
    iso_country: code,
    url: `${request.origin}${LIST}/${code}`,
  }));
  const page = pageOf(request, countries, (country) => country.iso_country);
  return { status: 200, body: metaEnvelope(request, 'countries', page, (country) => country) };
}

function fetchCountry(request: ApiRequest): Reply {
  const code = (request.params.Country ?? '').toUpperCase();
  const price = COUNTRY_PRICES[code];
  if (!price) throw notFound(request.path);
  const types = code === 'US' || code === 'CA' ? ['local', 'toll free', 'mobile'] : [price.numberType];
  const pricesOf = (amount: string) => types.map((type) => ({ number_type: type, base_price: amount, current_price: amount }));
  const body = {
    country: price.name,
    iso_country: code,
    price_unit: 'USD',
    outbound_sms_prices: [{ carrier: price.carrier, mcc: price.mcc, mnc: price.mnc, prices: pricesOf(price.outbound) }],
    inbound_sms_prices: pricesOf(price.inbound),
    url: `${request.origin}${LIST}/${code}`,
  };
  return { status: 200, body };
}
