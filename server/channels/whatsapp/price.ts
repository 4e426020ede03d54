import { fromMicros, toMicros } from '../decimal.ts';
import type { ListPrice, PricedMessage } from '../channel.ts';
import type { TemplateCategory } from './template.ts';

// Examples from public price pages, as data with the day from which they hold: Meta changes them, and the Message of Twilio is the truth. For estimates only.

/** What Twilio takes for each message, in USD. */
const TWILIO_FEE = '0.005';

type Rates = Record<TemplateCategory, string>;
/** Meta's price of a delivered template message in USD, by calling code of the recipient; the longest code that fits wins. */
type RateCard = { effectiveFrom: string; byCode: ReadonlyArray<readonly [code: string, rates: Rates]>; other: Rates };

const rates = (marketing: string, utility: string, authentication: string): Rates => ({ marketing, utility, authentication });

const rateCards: readonly RateCard[] = [{
  effectiveFrom: '2025-07-01',
  byCode: [
    ['+1', rates('0.0250', '0.0040', '0.0040')], ['+44', rates('0.0529', '0.0220', '0.0220')], ['+49', rates('0.1365', '0.0550', '0.0550')], ['+33', rates('0.0859', '0.0300', '0.0300')],
    ['+34', rates('0.0615', '0.0200', '0.0200')], ['+39', rates('0.0691', '0.0300', '0.0300')], ['+31', rates('0.1597', '0.0500', '0.0500')], ['+91', rates('0.0118', '0.0014', '0.0014')],
    ['+55', rates('0.0625', '0.0068', '0.0068')], ['+52', rates('0.0305', '0.0085', '0.0085')], ['+62', rates('0.0411', '0.0250', '0.0250')], ['+27', rates('0.0379', '0.0076', '0.0076')],
  ],
  other: rates('0.0604', '0.0171', '0.0171'),
}];

/** What is charged inside of the window: utility templates, and free-form answers (at the utility rate, beyond a free allowance per month). */
type WindowRule = { effectiveFrom: string; chargesUtility: boolean; chargesAnswers: 'never' | 'beyond_allowance' };

const windowRules: readonly WindowRule[] = [
  { effectiveFrom: '2025-07-01', chargesUtility: false, chargesAnswers: 'never' },
  { effectiveFrom: '2026-10-01', chargesUtility: true, chargesAnswers: 'beyond_allowance' }, // as reported by resellers; Meta's own page was not seen
];

export const PRICE_SOURCE = 'example prices of Meta and Twilio of 2026';
export const PRICE_RANGE_REASONS = [
  'Low: one message in ten is not delivered, and Meta charges only what is.',
  'High: prices may have risen by 15 % since, and answers beyond the free allowance of a month cost as much as a utility template.',
];

/** Messages that do not arrive cost Meta's part nothing; so many of them at most are expected. */
const FAILING = 10; // %
const DRIFT = 15; // %

/** P52: Twilio's fee and Meta's, by category, country and window. */
export function whatsappPrice(recipient: string, message: PricedMessage): ListPrice {
  const [fee, meta] = [toMicros(TWILIO_FEE), metaFee(recipient.replace(/^whatsapp:/, ''), message)];
  const part = (micros: bigint, percent: number) => (micros * BigInt(percent)) / 100n;
  return { low: fromMicros(fee + part(meta.low, 100 - FAILING)), likely: fromMicros(fee + meta.likely), high: fromMicros(part(fee + meta.high, 100 + DRIFT)) };
}

function metaFee(phone: string, { method, category, isWindowOpen, at }: PricedMessage): { low: bigint; likely: bigint; high: bigint } {
  const [card, rule] = [effective(rateCards, at), effective(windowRules, at)];
  const own = card.byCode.filter(([code]) => phone.startsWith(code)).sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? card.other;
  if (method !== 'template') return { low: 0n, likely: 0n, high: rule.chargesAnswers === 'never' ? 0n : toMicros(own.utility) };
  const price = toMicros(own[category ?? 'marketing']);
  if (category === 'utility' && isWindowOpen) return { low: 0n, likely: rule.chargesUtility ? price : 0n, high: price };
  return { low: price, likely: price, high: price };
}

/** The last one that holds at that moment; before the first one the first. */
function effective<T extends { effectiveFrom: string }>(all: readonly T[], at: Date): T {
  const day = at.toISOString().slice(0, 10);
  return all.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? all[0]!;
}
