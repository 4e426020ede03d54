'use client';

import { useSearchParams } from 'next/navigation';
import { formatCompact, formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { settledTotal, unpricedText } from '#components/ledger/totals.ts';
import { Select } from '#components/ui/select.tsx';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import type { UsageStats } from '#server/domain/ledger/schema.ts';
import { DayFigure } from './day-figure.tsx';
import { costFigure, deliveryRateFigure, volumeFigure } from './day-series.ts';
import { dayTotals, settledOf, type DayTotal } from './day-totals.ts';

const figures = [['volume', 'Messages'], ['rate', 'Delivery rate'], ['cost', 'Cost']] as const;
const channels = [['sms', 'SMS'], ['whatsapp', 'WhatsApp']] as const;

/** The last 30 days in four numbers and one picture. */
export function Overview({ stats }: { stats: UsageStats }) {
  const days = dayTotals(stats.days);
  const today = sum(days.slice(-1));
  const week = sum(days.slice(-7));
  const weekBefore = sum(days.slice(-14, -7));
  return (
    <>
      <StatGroup>
        <StatTile label="Today" value={formatCompact(today.handed)} exact={formatNumber(today.handed)} hint="handed to Twilio (UTC)" href="/deliveries" />
        <StatTile label="Last 7 days" value={formatCompact(week.handed)} exact={formatNumber(week.handed)} hint={`${formatNumber(weekBefore.handed)} in the 7 before`} />
        <StatTile label="Delivered, 7 days" value={formatPercent(week.delivered, week.handed)} hint={week.handed > 0 ? `${formatNumber(week.delivered)} of ${formatNumber(week.handed)}` : 'nothing was sent'} />
        <StatTile label="Spent, 30 days" value={settledTotal(stats.totals.settled)} hint="charged by Twilio" href="/spend" />
        <StatTile label="Not priced yet" value={formatCompact(stats.totals.unpricedMessages)} exact={formatNumber(stats.totals.unpricedMessages)} hint={unpricedText(stats.totals)} href="/spend" />
      </StatGroup>
      <Chart stats={stats} />
    </>
  );
}

function Chart({ stats }: { stats: UsageStats }) {
  const query = useSearchParams();
  const shown = figures.find(([name]) => name === query.get('chart'))?.[0] ?? 'volume';
  const channel = channels.find(([name]) => name === query.get('channel'))?.[0];
  const days = dayTotals(stats.days, channel);
  const unpriced = days.reduce((sum, day) => sum + day.unpricedMessages, 0);
  const figure = { volume: () => volumeFigure(days), rate: () => deliveryRateFigure(days), cost: () => costFigure(days, settledOf(days), unpriced) }[shown]();
  return (
    <DayFigure
      title="The last 30 days"
      figure={figure}
      choice={(
        <>
          <Select aria-label="What the chart shows" className="w-40" value={shown} onChange={(event) => show('chart', event.target.value)}>
            {figures.map(([name, label]) => <option key={name} value={name}>{label}</option>)}
          </Select>
          <Select aria-label="Channel" className="w-40" value={channel ?? ''} onChange={(event) => show('channel', event.target.value)}>
            <option value="">All channels</option>
            {channels.map(([name, label]) => <option key={name} value={name}>{label}</option>)}
          </Select>
        </>
      )}
    />
  );
}

/** Kept in the URL; the server has nothing to do with it. */
function show(what: 'chart' | 'channel', value: string) {
  const url = new URL(window.location.href);
  if (value) url.searchParams.set(what, value);
  else url.searchParams.delete(what);
  window.history.replaceState(null, '', url);
}

const sum = (days: readonly DayTotal[]) => days.reduce((all, day) => ({ handed: all.handed + day.handed, delivered: all.delivered + day.delivered }), { handed: 0, delivered: 0 });
