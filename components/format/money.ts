import { NUMBER_LOCALE } from './number.ts';

export const NOT_PRICED = 'not priced yet';

const SMALLEST = { 2: '0.01', 4: '0.0001' } as const;
type Digits = keyof typeof SMALLEST;

/** An amount as the database and Twilio write it: "12.3400", "-0.0079". */
type Decimal = string | null | undefined;

/**
 * ("12.3400", "USD") → "$12.34". Exact: the string goes to Intl as a decimal and never becomes a float.
 * No amount is "not priced yet", never $0.00; an amount too small for two decimals is "<$0.01".
 */
export function formatMoney(amount: Decimal, currency: string): string {
  return formatDecimal(amount, currency, 2);
}

/** ("0.0079", "USD") → "$0.0079", for a price per segment or message. */
export function formatUnitPrice(amount: Decimal, currency: string): string {
  return formatDecimal(amount, currency, 4);
}

/** ("9.5", "12", "USD") → "$9.50–$12.00"; equal ends give one amount. */
export function formatMoneyRange(low: Decimal, high: Decimal, currency: string): string {
  const from = formatMoney(low, currency);
  const to = formatMoney(high, currency);
  return from === to ? from : `${from}–${to}`;
}

function formatDecimal(amount: Decimal, currency: string, digits: Digits): string {
  if (amount === null || amount === undefined || amount === '') return NOT_PRICED;
  if (!isDecimal(amount)) throw new TypeError(`Not a decimal amount: ${amount}`);
  const formatter = formatterFor(currency, digits);
  if (isTooSmall(amount, digits)) return `<${formatter.format(SMALLEST[digits])}`;
  return formatter.format(amount);
}

function isDecimal(amount: string): amount is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(amount);
}

/** Above zero, yet shown as zero with so many decimals. */
function isTooSmall(amount: string, digits: Digits): boolean {
  const [units = '', fraction = ''] = amount.split('.');
  if (/[1-9-]/.test(units)) return false;
  const kept = fraction.slice(0, digits);
  const isRoundedUp = Number(fraction[digits] ?? '0') >= 5;
  return /^0*$/.test(kept) && !isRoundedUp && /[1-9]/.test(fraction);
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(currency: string, digits: Digits): Intl.NumberFormat {
  const key = `${currency}:${digits}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(NUMBER_LOCALE, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formatters.set(key, formatter);
  }
  return formatter;
}
