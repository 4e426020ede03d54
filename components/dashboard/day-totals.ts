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

const SCALE = 6;

/** Sum of two amounts with up to six places, exactly: money never becomes a float. */
export function addDecimals(one: string, other: string): string {
  const sum = toMicros(one) + toMicros(other);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(SCALE + 1, '0');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}

/** @throws TypeError for what is no decimal */
function toMicros(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,6})0*)?$/.exec(amount);
  if (!match) throw new TypeError(`Not a decimal amount: ${amount}`);
  const micros = BigInt(`${match[2]}${(match[3] ?? '').padEnd(SCALE, '0')}`);
  return match[1] ? -micros : micros;
}

export const currenciesOf = (days: readonly DayTotal[]): string[] => [...new Set(days.flatMap((day) => Object.keys(day.settled)))].sort();

/** What the days add up to, per currency, exactly. */
export const settledOf = (days: readonly DayTotal[]): Array<{ currency: string; amount: string }> =>
  currenciesOf(days).map((currency) => ({ currency, amount: days.reduce((sum, day) => addDecimals(sum, day.settled[currency] ?? '0'), '0') }));
