import { fromMicros, toMicros } from '../decimal.ts';

/**
 * List prices of one outbound SMS segment in USD, by calling code; the longest code that fits wins. Examples of July 2026 from public price pages:
 * they change, carriers add fees, and the Message of Twilio is the truth. They serve estimates only.
 */
const PRICES: ReadonlyArray<readonly [code: string, usd: string]> = [
  ['+1', '0.0083'], ['+44', '0.0463'], ['+49', '0.0995'], ['+33', '0.0798'], ['+34', '0.0768'], ['+39', '0.0849'], ['+31', '0.0997'], ['+61', '0.0515'],
  ['+91', '0.0832'], ['+52', '0.0670'], ['+55', '0.0599'], ['+81', '0.0770'], ['+65', '0.0480'], ['+353', '0.0810'], ['+351', '0.0432'], ['+46', '0.0654'],
  ['+47', '0.0668'], ['+45', '0.0515'], ['+41', '0.0760'], ['+43', '0.0981'], ['+32', '0.1140'],
];
const OTHER = '0.1000';

export const PRICE_CURRENCY = 'USD';
export const PRICE_SOURCE = 'list prices of July 2026, without carrier fees';

/** Price of one segment to a number, as a decimal string in USD. */
export function segmentPrice(phone: string): string {
  const fitting = PRICES.filter(([code]) => phone.startsWith(code)).sort(([a], [b]) => b.length - a.length);
  return fitting[0]?.[1] ?? OTHER;
}

/** What US and Canadian carriers add to a segment at most, by Twilio's pages of July 2026. */
const CARRIER_FEE = 0.005;
/** Messages that fail are hardly charged; so many of them at most are expected. */
const FAILING = 0.1;
/** How far prices elsewhere may have moved since the list was made. */
const DRIFT = 0.15;

/** Between what one segment may really cost, in USD, as decimal strings of six places. */
export function priceRange(phone: string): { low: string; high: string } {
  const price = Number(segmentPrice(phone));
  return { low: (price * (1 - FAILING)).toFixed(6), high: (phone.startsWith('+1') ? price + CARRIER_FEE : price * (1 + DRIFT)).toFixed(6) };
}

/** Why a cost is a range, in words. */
export const PRICE_RANGE_REASONS = [
  'Low: one message in ten fails, which costs next to nothing.',
  'High: carriers in the US and Canada add up to $0.005 per segment, and other countries charge up to 15 % more than in July 2026.',
];

/** Exact product of a decimal price and a count, with six places. */
export const timesSegments = (price: string, segments: number): string => fromMicros(toMicros(price) * BigInt(segments));
