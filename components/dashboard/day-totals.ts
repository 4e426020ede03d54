import { fromMicros, toMicros } from '#server/channels/decimal.ts';
import type { UsageStats } from '#server/domain/ledger/schema.ts';

/** One UTC day over all channels and currencies. `settled` is for drawing only: what is read as an amount comes from the strings. */
export type DayTotal = {
  day: string; handed: number; delivered: number; failed: number; segments: number; unpricedMessages: number;
  settled: Record<string, string>;
};

/** The rows of the ledger, one per channel and currency, as one per day, of all channels or of one. Every day of the range is there. */
export function dayTotals(days: UsageStats['days'], channel?: UsageStats['days'][number]['channel']): DayTotal[] {
  const byDay = new Map<string, DayTotal>();
  for (const row of days) {
    const total = byDay.get(row.day) ?? { day: row.day, handed: 0, delivered: 0, failed: 0, segments: 0, unpricedMessages: 0, settled: {} };
    byDay.set(row.day, total);
    if (channel && row.channel !== channel) continue;
    total.handed += row.handed;
    total.delivered += row.delivered;
    total.failed += row.failed;
    total.segments += row.segments;
    total.unpricedMessages += row.unpricedMessages;
    if (row.currency !== '') total.settled[row.currency] = addDecimals(total.settled[row.currency] ?? '0', row.settled);
  }
  return [...byDay.values()];
}

/** Sum of two amounts with up to six places, exactly: money never becomes a float. */
export const addDecimals = (one: string, other: string): string => fromMicros(toMicros(one) + toMicros(other));

export const currenciesOf = (days: readonly DayTotal[]): string[] => [...new Set(days.flatMap((day) => Object.keys(day.settled)))].sort();

/** What the days add up to, per currency, exactly. */
export const settledOf = (days: readonly DayTotal[]): Array<{ currency: string; amount: string }> =>
  currenciesOf(days).map((currency) => ({ currency, amount: days.reduce((sum, day) => addDecimals(sum, day.settled[currency] ?? '0'), '0') }));
