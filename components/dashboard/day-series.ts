import { formatMoney } from '#components/format/money.ts';
import { formatCompact, formatNumber, NUMBER_LOCALE } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { currenciesOf, type DayTotal } from './day-totals.ts';

/** A day's values as drawn, and the same as read. Null: there is no value on that day. */
export type DayPoint = { day: string; values: Array<number | null>; texts: string[] };
export type DaySeries = { name: string; color: string };
export type DayFigure = {
  kind: 'bars' | 'line'; series: DaySeries[]; points: DayPoint[];
  /** The whole picture in one sentence. */
  summary: string;
  formatAxis: (value: number) => string;
};

const colors = ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-4)', 'var(--chart-5)'];
const FAILURES = 'var(--chart-3)';

/** 2026-11-22 → 22 Nov */
export function formatDayLabel(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export function volumeFigure(days: readonly DayTotal[]): DayFigure {
  const handed = days.reduce((sum, day) => sum + day.handed, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  const busiest = days.reduce<DayTotal | null>((best, day) => (best && best.handed >= day.handed ? best : day), null);
  return {
    kind: 'bars', formatAxis: formatCompact,
    series: [{ name: 'Delivered or on the way', color: colors[0]! }, { name: 'Not delivered', color: FAILURES }],
    points: days.map((day) => ({ day: day.day, values: [day.handed - day.failed, day.failed], texts: [formatNumber(day.handed - day.failed), formatNumber(day.failed)] })),
    summary: handed === 0 || !busiest ? 'No message was handed to Twilio in these days.'
      : `${formatNumber(handed)} messages in ${days.length} days, most on ${formatDayLabel(busiest.day)} (${formatNumber(busiest.handed)}); ${formatNumber(failed)} were not delivered.`,
  };
}

export function deliveryRateFigure(days: readonly DayTotal[]): DayFigure {
  const handed = days.reduce((sum, day) => sum + day.handed, 0);
  const delivered = days.reduce((sum, day) => sum + day.delivered, 0);
  const withMessages = days.filter((day) => day.handed > 0);
  const lowest = withMessages.reduce<DayTotal | null>((worst, day) => (worst && worst.delivered / worst.handed <= day.delivered / day.handed ? worst : day), null);
  return {
    kind: 'line', formatAxis: (value) => `${value}%`,
    series: [{ name: 'Delivered', color: colors[0]! }],
    points: days.map((day) => ({ day: day.day, values: [day.handed > 0 ? (day.delivered / day.handed) * 100 : null], texts: [day.handed > 0 ? `${formatPercent(day.delivered, day.handed)} (${formatNumber(day.delivered)} of ${formatNumber(day.handed)})` : '–'] })),
    summary: lowest === null ? 'No message was handed to Twilio in these days.'
      : `${formatPercent(delivered, handed)} of ${formatNumber(handed)} messages were delivered; the lowest day was ${formatDayLabel(lowest.day)} with ${formatPercent(lowest.delivered, lowest.handed)}.`,
  };
}

/** Settled cost; the totals come from the database, the days are drawn from the same strings. */
export function costFigure(days: readonly DayTotal[], totals: ReadonlyArray<{ currency: string; amount: string }>, unpricedMessages: number): DayFigure {
  const currencies = currenciesOf(days);
  const open = unpricedMessages > 0 ? ` ${formatNumber(unpricedMessages)} messages are not priced yet.` : '';
  return {
    kind: 'bars', formatAxis: axisFor(currencies),
    series: currencies.map((currency, index) => ({ name: currency, color: colors[index % colors.length]! })),
    points: days.map((day) => ({
      day: day.day, values: currencies.map((currency) => Number(day.settled[currency] ?? 0)),
      texts: currencies.map((currency) => formatMoney(day.settled[currency] ?? '0', currency)),
    })),
    summary: (totals.length === 0 ? 'Twilio has not charged anything in these days.' : `Twilio charged ${totals.map(({ amount, currency }) => formatMoney(amount, currency)).join(' + ')} in ${days.length} days.`) + open,
  };
}

/** Amounts of one currency carry its sign; of several the axis is only a scale. */
function axisFor(currencies: readonly string[]): (value: number) => string {
  const [currency, ...others] = currencies;
  if (!currency || others.length > 0) return formatCompact;
  const formatter = new Intl.NumberFormat(NUMBER_LOCALE, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 2, minimumFractionDigits: 0 });
  return (value) => formatter.format(value);
}
