import { paceByRegistration } from '#server/channels/sms/pace-by-registration.ts';

export type Need = { country: string; /** Messages on a busy day. */ perDay: number; isTwoWay: boolean };
export type AdvisedType = 'local' | 'toll_free' | 'mobile' | 'short_code' | 'alphanumeric';
export type Advice = { type: AdvisedType; isBest: boolean; why: string; takes: string; source: string };

/** A sending day of eight hours, in seconds: what a pace adds up to. */
const DAY = 8 * 3600;
/**
 * T-Mobile's cap of a brand in segments a day, by trust score (Twilio, article 1260803225669); all of a day's people may be at T-Mobile, so the whole
 * day is measured by it. Durations and monthly prices as Twilio publishes them.
 */
const NEW_BRAND_DAILY = 2_000;
const GOOD_BRAND_DAILY = 40_000;
const BEST_BRAND_DAILY = 200_000;
const SOURCE = 'Twilio articles 1260803225669 and 115002943027, list prices of July 2026; read 22 Nov 2026';

/** P8: which kind of number a need asks for, and why; the best first. One segment a message is assumed. */
export function adviseNumber({ country, perDay, isTwoWay }: Need): Advice[] {
  const found = country === 'US' || country === 'CA' ? northAmerica(perDay) : abroad(country, perDay, isTwoWay);
  return found.map((one, index) => ({ ...one, isBest: index === 0, source: SOURCE })).filter(({ type }) => !isTwoWay || type !== 'alphanumeric');
}

type Found = Pick<Advice, 'type' | 'why' | 'takes'>;
const words = (count: number) => count.toLocaleString('en-US');

function northAmerica(perDay: number): Found[] {
  const tollFreeDay = paceByRegistration({ kind: 'toll_free' }).segmentsPerSecond * DAY;
  const local: Found = { type: 'local', takes: 'Brand and campaign take 1 to 3 weeks; from $1.15 a month, plus the campaign.', why: localWhy(perDay) };
  const tollFree: Found = { type: 'toll_free', takes: 'Toll-free verification takes a few days; from $2.15 a month.', why: `3 segments a second, ${words(tollFreeDay)} in an eight-hour day, and no daily cap of T-Mobile. ${perDay > tollFreeDay ? 'Too slow for your day.' : 'Enough for your day.'}` };
  const shortCode: Found = { type: 'short_code', takes: 'About 6 to 10 weeks, $1,000 a month; ordered in the Twilio Console, not here.', why: '100 segments a second and no daily cap: for more than the others carry.' };
  if (perDay <= NEW_BRAND_DAILY) return [local, tollFree, shortCode];
  if (perDay <= tollFreeDay) return [tollFree, local, shortCode];
  return perDay <= BEST_BRAND_DAILY ? [local, shortCode, tollFree] : [shortCode, local, tollFree];
}

function localWhy(perDay: number): string {
  const base = 'Replies come back to a number of the area.';
  if (perDay <= NEW_BRAND_DAILY) return `${base} A new brand may send ${words(NEW_BRAND_DAILY)} segments a day to T-Mobile: enough for your day.`;
  if (perDay <= GOOD_BRAND_DAILY) return `${base} T-Mobile takes ${words(NEW_BRAND_DAILY)} segments a day from a new brand; your day needs a trust score of 50 or more (${words(GOOD_BRAND_DAILY)}).`;
  return `${base} Your day needs a trust score of 75 or more: T-Mobile takes up to ${words(BEST_BRAND_DAILY)} segments a day from such a brand${perDay > BEST_BRAND_DAILY ? ', which is still less than your day' : ''}.`;
}

function abroad(country: string, perDay: number, isTwoWay: boolean): Found[] {
  const day = paceByRegistration({ kind: 'mobile' }).segmentsPerSecond * DAY;
  const mobile: Found = { type: 'mobile', takes: 'At once, unless the country asks for papers; the search says so.', why: `10 segments a second, ${words(day)} in an eight-hour day, and people can reply. ${perDay > day ? 'For your day several are needed.' : 'Enough for your day.'}` };
  const name: Found = { type: 'alphanumeric', takes: 'No fee; some countries ask for a registration of the name, in the Twilio Console.', why: `Your name in place of a number, one way: nobody in ${country} can reply, so opt-outs need another way.` };
  return isTwoWay ? [mobile] : [name, mobile];
}
