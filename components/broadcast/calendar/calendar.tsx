'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { NewBroadcastButton } from '#components/broadcast/list/new-broadcast-button.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { placeOf } from '#components/broadcast/schedule/zone.ts';
import { formatCount } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { formatMonth, neighbourMonth } from '#components/ledger/month-query.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { CalendarView } from '#server/domain/broadcast/schema.ts';
import { calendarDayFrom, calendarHref, calendarMonthFrom, dayWords } from './month.ts';
import { MonthGrid } from './month-grid.tsx';

const LOOK_AGAIN = 30_000; // ms

/** What is booked and what went out, by month: the days as a grid, the broadcasts as a list beside it. */
export function Calendar() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const { data: view, error, isPlaceholderData, isFetching, refetch } = useQuery(trpc.broadcast.calendar.queryOptions({ month: calendarMonthFrom(query) }, { placeholderData: keepPreviousData, refetchInterval: LOOK_AGAIN }));
  const day = view ? calendarDayFrom(query, view.month) : null;
  return (
    <>
      <PageHeader title="Calendar" description={view ? `When broadcasts start and started, by the clock of ${placeOf(view.timeZone)}.` : undefined} actions={<NewBroadcastButton />} />
      {error && !view ? <Alert family="danger" isLive title="The calendar could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!view && !error ? <SkeletonGroup label="Loading the calendar"><Skeleton className="h-96 rounded-card" /></SkeletonGroup> : null}
      {view ? (
        <div aria-busy={isPlaceholderData} className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Card isFlush title={formatMonth(view.month)} actions={<MonthSteps view={view} />}>
            <MonthGrid view={view} day={day} onDay={(next) => window.history.pushState(null, '', calendarHref(view.month, next))} />
          </Card>
          <Beside view={view} day={day} />
        </div>
      ) : null}
    </>
  );
}

function MonthSteps({ view: { month, today } }: { view: CalendarView }) {
  const [earlier, later] = [neighbourMonth(month, -1), neighbourMonth(month, 1)];
  return (
    <nav aria-label="Month" className="flex items-center gap-2">
      <Button asChild size="sm"><Link href={calendarHref(today.slice(0, 7), today)} scroll={false}>Today</Link></Button>
      <Button asChild size="sm"><Link href={calendarHref(earlier)} scroll={false} aria-label={`Earlier: ${formatMonth(earlier)}`}><ChevronLeft aria-hidden /></Link></Button>
      <Button asChild size="sm"><Link href={calendarHref(later)} scroll={false} aria-label={`Later: ${formatMonth(later)}`}><ChevronRight aria-hidden /></Link></Button>
    </nav>
  );
}

/** The broadcasts of the chosen day, or of the whole month. */
function Beside({ view, day }: { view: CalendarView; day: string | null }) {
  const shown = day ? view.entries.filter((entry) => entry.day === day) : view.entries;
  const days = [...Map.groupBy(shown, (entry) => entry.day)];
  return (
    <Card
      title={<span aria-live="polite">{day ? dayWords(day) : formatMonth(view.month)}</span>} description={shown.length > 0 ? formatCount(shown.length, 'broadcast') : undefined}
      actions={day ? <Link href={calendarHref(view.month)} scroll={false} className="text-body text-link underline underline-offset-3 pointer-coarse:py-3">Whole month</Link> : undefined}
    >
      {shown.length === 0 ? <p className="text-body text-muted-foreground">{day ? 'Nothing is scheduled or was sent on this day.' : 'Nothing is scheduled or was sent in this month.'}</p> : null}
      <div className="grid gap-4">
        {days.map(([each, entries]) => (
          <section key={each} aria-label={dayWords(each)}>
            {day ? null : <h3 className="mb-1 text-table font-medium text-muted-foreground">{dayWords(each)}</h3>}
            <ul className="divide-y">{entries.map((entry) => <EntryLine key={entry.id} entry={entry} />)}</ul>
          </section>
        ))}
      </div>
      {view.isCut ? <p className="mt-3 text-table text-muted-foreground">Only the first {view.entries.length} of this month are shown. <Link href="/broadcasts" className="text-link underline underline-offset-3">See the list</Link></p> : null}
    </Card>
  );
}

function EntryLine({ entry }: { entry: CalendarView['entries'][number] }) {
  const facts = [entry.total === null ? null : formatCount(entry.total, 'person', 'people'), entry.sender ? `from ${formatPhone(entry.sender)}` : null].filter(Boolean).join(', ');
  return (
    <li className="flex gap-3 py-2 first:pt-0 last:pb-0">
      <span className="w-11 shrink-0 text-body tabular-nums">{entry.time}</span>
      <div className="grid min-w-0 flex-1 justify-items-start gap-0.5">
        <Link href={`/broadcasts/${entry.id}`} className="text-body font-medium wrap-anywhere underline-offset-3 hover:underline pointer-coarse:py-2">{entry.name}</Link>
        {entry.isLocal && entry.status === 'scheduled' ? <span className="text-caption text-muted-foreground">by the clock where each person is</span> : null}
        {facts ? <span className="text-caption text-muted-foreground">{facts}</span> : null}
        <BroadcastStatus status={entry.status} />
      </div>
    </li>
  );
}
