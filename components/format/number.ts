/** One locale for figures on server and browser alike, so that both render the same text. */
export const NUMBER_LOCALE = 'en-US';

const whole = new Intl.NumberFormat(NUMBER_LOCALE, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(NUMBER_LOCALE, { notation: 'compact', maximumFractionDigits: 1 });

/** 12430 → "12,430" */
export function formatNumber(value: number | bigint): string {
  return whole.format(value);
}

/** 12430 → "12.4K". For tiles only, with the exact number on hover. */
export function formatCompact(value: number): string {
  return Math.abs(value) < 10_000 ? whole.format(value) : compact.format(value);
}

/** (1, "person", "people") → "1 person"; the space does not break. */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)}\u00a0${value === 1 ? one : many}`;
}
