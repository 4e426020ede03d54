/** A calendar month in UTC, as budgets and Twilio's usage count it: yyyy-mm. */
export const monthOf = (moment: Date): string => moment.toISOString().slice(0, 7);

/** The month of the URL, or this one. A month that has not begun is none. */
export function monthFrom(query: URLSearchParams, now: Date): string {
  const month = query.get('month') ?? '';
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(month) && month <= monthOf(now) ? month : monthOf(now);
}

/** First and last day; of the running month the last day is today. */
export function daysOfMonth(month: string, now: Date): { from: string; to: string } {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
  const today = now.toISOString().slice(0, 10);
  return { from: `${month}-01`, to: last < today ? last : today };
}

export function neighbourMonth(month: string, step: -1 | 1): string {
  return monthOf(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + step, 1)));
}

/** 2026-11 → November 2026 */
export const formatMonth = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));

export function ledgerPageFrom(query: URLSearchParams): number {
  const page = Number(query.get('p'));
  return Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 1;
}

export const LEDGER_PAGE = 25;

export function spendHref(query: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  return text ? `/spend?${text}` : '/spend';
}
