import type { Simulator } from '#server/twilio/simulator/simulator.ts';

export type OfferType = 'local' | 'toll_free' | 'mobile';
export type Place = { locality: string; region: string; postalCode: string };
/** A number that is for sale. `needs`: what Twilio wants to know before it sells it. */
export type Offer = { phoneNumber: string; country: string; type: OfferType; place: Place | null; sms: boolean; mms: boolean; voice: boolean; needs: 'none' | 'any' | 'local' };

const PLACES: Record<string, Place> = {
  '206': { locality: 'Seattle', region: 'WA', postalCode: '98101' },
  '212': { locality: 'New York', region: 'NY', postalCode: '10001' },
  '305': { locality: 'Miami', region: 'FL', postalCode: '33101' },
  '312': { locality: 'Chicago', region: 'IL', postalCode: '60601' },
  '415': { locality: 'San Francisco', region: 'CA', postalCode: '94102' },
  '512': { locality: 'Austin', region: 'TX', postalCode: '78701' },
  '416': { locality: 'Toronto', region: 'ON', postalCode: 'M5H' },
  '514': { locality: 'Montreal', region: 'QC', postalCode: 'H2Y' },
  '604': { locality: 'Vancouver', region: 'BC', postalCode: 'V6B' },
};
const CANADIAN = new Set(['416', '514', '604']);
const TOLL_FREE = ['833', '844', '855'];
const LINES = 12;

/** Monthly prices of the simulated shop, in USD. US: Twilio's list of July 2026; the others are made up. */
export const NUMBER_PRICES: Record<string, { name: string; prices: Partial<Record<'local' | 'toll free' | 'mobile', string>> }> = {
  US: { name: 'United States', prices: { local: '1.15', 'toll free': '2.15' } },
  CA: { name: 'Canada', prices: { local: '1.15', 'toll free': '2.15' } },
  GB: { name: 'United Kingdom', prices: { local: '1.15', mobile: '1.15' } },
};

/** Unsold numbers: the same in every run, less what is sold; at most 12 per area code. Any plausible US area code has some. */
export function offers(simulator: Simulator, { country, type, areaCode }: { country: string; type: OfferType; areaCode: string | null }): Offer[] {
  const all = country === 'GB' ? britishOffers(type) : northAmerican(country, type, areaCode);
  return all.filter(({ phoneNumber }) => !simulator.numbers.has(phoneNumber));
}

/** May this number be sold at all, and what does Twilio want first? Null: it is no number. */
export function needsOf(phoneNumber: string): Offer['needs'] | null {
  if (/^\+1[2-9]\d{9}$/.test(phoneNumber) || /^\+447\d{9}$/.test(phoneNumber)) return 'none';
  return /^\+44[12]\d{9}$/.test(phoneNumber) ? 'local' : null;
}

function northAmerican(country: string, type: OfferType, wanted: string | null): Offer[] {
  if ((country !== 'US' && country !== 'CA') || type === 'mobile') return [];
  const isLocalTo = (areaCode: string) => CANADIAN.has(areaCode) === (country === 'CA');
  const areaCodes = wanted ? [wanted] : type === 'toll_free' ? TOLL_FREE : Object.keys(PLACES);
  const fits = (areaCode: string) => /^[2-9]\d\d$/.test(areaCode) && TOLL_FREE.includes(areaCode) === (type === 'toll_free') && (type === 'toll_free' || isLocalTo(areaCode));
  return areaCodes.filter(fits).flatMap((areaCode) => lines().map((line) => ({
    phoneNumber: `+1${areaCode}5552${String((line * 37 + Number(areaCode)) % 1000).padStart(3, '0')}`,
    country, type, place: PLACES[areaCode] ?? null, sms: true, mms: line % 4 !== 0, voice: line % 6 !== 0, needs: 'none' as const,
  })));
}

/** Landlines need an address in the country and cannot text; mobile numbers text only. */
function britishOffers(type: OfferType): Offer[] {
  if (type === 'toll_free') return [];
  const place = { locality: 'London', region: 'England', postalCode: 'EC1A' };
  return lines().map((line) => {
    const tail = String(line * 37).padStart(3, '0');
    return type === 'mobile' ? { phoneNumber: `+447700900${tail}`, country: 'GB', type, place: null, sms: true, mms: false, voice: false, needs: 'none' }
      : { phoneNumber: `+442079460${tail}`, country: 'GB', type, place, sms: false, mms: false, voice: true, needs: 'local' };
  });
}

const lines = () => Array.from({ length: LINES }, (_, index) => index + 1);
