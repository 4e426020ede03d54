'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { DayFigure } from '#components/dashboard/day-figure.tsx';
import { costFigure } from '#components/dashboard/day-series.ts';
import { dayTotals } from '#components/dashboard/day-totals.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import { Breakdown } from './breakdown.tsx';
import { Budget } from './budget.tsx';
import { Forecast } from './forecast.tsx';
import { LedgerEntries } from './ledger-entries.tsx';
import { daysOfMonth, formatMonth, monthFrom, monthOf, neighbourMonth, spendHref } from './month-query.ts';
import { Reconciliation } from './reconciliation.tsx';
import { settledTotal, unpricedText } from './totals.ts';
import { Unpriced } from './unpriced.tsx';

/** What the organisation pays Twilio, by month. */
export function Spend({ now }: { now: string }) {
  const trpc = useTRPC();
  const query = useSearchParams();
  const today = new Date(now);
  const month = monthFrom(query, today);
  const { data: stats, error, refetch, isFetching } = useQuery(trpc.ledger.stats.queryOptions(daysOfMonth(month, today)));
  const isRunning = month === monthOf(today);
  return (
    <>
      <PageHeader title="Spend" description="What Twilio charges, message by message. Days and months are in UTC, as Twilio counts them." actions={<MonthSteps month={month} isRunning={isRunning} query={query} />} />
      {error && !stats ? <Alert family="danger" isLive title="The figures could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      <div className="grid gap-4">
        {stats ? (
          <>
            <StatGroup>
              <StatTile label={isRunning ? 'Charged so far' : 'Charged'} value={settledTotal(stats.totals.settled)} hint={formatMonth(month)} />
              <StatTile label="Not priced yet" value={formatNumber(stats.totals.unpricedMessages)} hint={unpricedText(stats.totals)} />
              <StatTile label="Handed to Twilio" value={formatNumber(stats.totals.handed)} hint={stats.totals.handed > 0 ? `${formatPercent(stats.totals.delivered, stats.totals.handed)} delivered` : undefined} />
            </StatGroup>
            {isRunning ? <div className="grid items-start gap-4 lg:grid-cols-2"><Forecast /><Budget totals={stats.totals} /></div> : null}
            <DayFigure title="Cost by day" figure={costFigure(dayTotals(stats.days), stats.totals.settled, stats.totals.unpricedMessages)} />
          </>
        ) : error ? null : <SkeletonGroup label="Loading the figures" className="grid gap-4"><Skeleton className="h-28 rounded-card" /><Skeleton className="h-72 rounded-card" /></SkeletonGroup>}
        <Breakdown range={daysOfMonth(month, today)} />
        <Unpriced today={now.slice(0, 10)} />
        <Reconciliation />
        <Card title="Ledger" description="Each charge once, newest first. A price that Twilio changes later is an entry of its own." isFlush><LedgerEntries /></Card>
      </div>
    </>
  );
}

function MonthSteps({ month, isRunning, query }: { month: string; isRunning: boolean; query: URLSearchParams }) {
  return (
    <nav aria-label="Month" className="flex items-center gap-2">
      <Button asChild size="sm"><Link href={spendHref(query, { month: neighbourMonth(month, -1) })} aria-label={`Earlier: ${formatMonth(neighbourMonth(month, -1))}`}><ChevronLeft aria-hidden /></Link></Button>
      <span className="min-w-32 text-center text-body font-medium max-sm:flex-1">{formatMonth(month)}</span>
      {isRunning
        ? <Button asChild size="sm"><span role="link" aria-disabled="true" aria-label="Later: no later month has begun" className="cursor-not-allowed"><ChevronRight aria-hidden /></span></Button>
        : <Button asChild size="sm"><Link href={spendHref(query, { month: neighbourMonth(month, 1) })} aria-label={`Later: ${formatMonth(neighbourMonth(month, 1))}`}><ChevronRight aria-hidden /></Link></Button>}
    </nav>
  );
}
