'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Inbox, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { LiveChip } from '#components/layout/live-chip.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { hiddenIn } from '#components/user-view/columns.ts';
import type { DeliveryLogPage } from '#server/domain/delivery/schema.ts';
import { DeliveryFilters } from './delivery-filters.tsx';
import { DeliveryPanel } from './delivery-panel.tsx';
import { ExportMenu } from './export-menu.tsx';
import { DeliveryRow, rowLinkId } from './delivery-row.tsx';
import { logColumns, logHref, logInputFrom, newerHref, olderHref, openFrom } from './log-query.ts';
import { useLogKeys } from './use-log-keys.ts';

const WHILE_LIVE = 2_000; // ms

/** Every message of every broadcast, newest first. */
export function DeliveryLog() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const isLive = query.get('live') === '1';
  useFocusAfter(openFrom(query));
  const { data, error, isPlaceholderData, isFetching, refetch, dataUpdatedAt } = useQuery(trpc.delivery.search.queryOptions(logInputFrom(query), {
    placeholderData: keepPreviousData, refetchInterval: isLive ? WHILE_LIVE : false,
  }));
  useLogKeys(data?.data ?? []);
  return (
    <>
      <PageHeader
        title="Delivery log"
        status={isLive ? <LiveChip state={error ? 'reconnecting' : 'live'} age={dataUpdatedAt ? <Time value={dataUpdatedAt} /> : null} /> : null}
        actions={<><ExportMenu query={query} /><Switch label="Follow live" checked={isLive} onCheckedChange={(checked) => show(logHref(query, { live: checked ? '1' : null }), 'replace')} className="items-center" /></>}
      />
      <div className="mb-3"><DeliveryFilters /></div>
      {error && !data && problemCode(error) === 'validation_failed' ? <Alert family="warning" isLive title="The search was not understood">{problemMessage(error)}</Alert> : null}
      {error && !data && problemCode(error) !== 'validation_failed' ? <Alert family="danger" isLive title="The log could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!data && !error ? <Card isFlush><SkeletonRows rows={10} label="Loading messages" /></Card> : null}
      {data ? (
        <div aria-busy={isPlaceholderData} className={classNames('transition-opacity', isPlaceholderData && 'opacity-60')}>
          {data.data.length > 0 ? <LogTable data={data.data} query={query} /> : <NothingFound query={query} hasMore={data.nextCursor !== null} />}
          <Steps query={query} page={data} />
        </div>
      ) : null}
      <DeliveryPanel id={openFrom(query)} isLive={isLive} onClose={() => show(logHref(query, { open: null }), 'push')} />
    </>
  );
}

/** Changes the address without asking the server for the page again: only what the browser shows differs. */
function show(href: string, how: 'push' | 'replace') {
  if (how === 'push') window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
}

/** The row whose panel was closed gets the focus back: the panel has no button that opened it. */
function useFocusAfter(open: string | null) {
  const last = useRef(open);
  useEffect(() => {
    const closed = open === null ? last.current : null;
    last.current = open;
    if (!closed) return;
    const timer = setTimeout(() => document.getElementById(rowLinkId(closed))?.focus({ preventScroll: true }));
    return () => clearTimeout(timer);
  }, [open]);
}

function LogTable({ data, query }: { data: DeliveryLogPage['data']; query: URLSearchParams }) {
  const open = openFrom(query);
  const hidden = hiddenIn(query, logColumns);
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Messages, newest first">
        <TableHeader>
          <TableHead>To</TableHead>
          {logColumns.filter(({ key }) => !hidden.has(key)).map(({ key, label }) => <TableHead key={key} isNumeric={key === 'segments' || key === 'cost'}>{label}</TableHead>)}
        </TableHeader>
        <TableBody>
          {data.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} hidden={hidden} href={logHref(query, { open: delivery.id })} isOpen={open === delivery.id} onOpen={(href) => show(href, 'push')} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function NothingFound({ query, hasMore }: { query: URLSearchParams; hasMore: boolean }) {
  const isFiltered = ['search', 'status', 'broadcastId', 'errorCode', 'cursor'].some((name) => query.get(name));
  if (hasMore) return <Card><EmptyState icon={<SearchX />} title="Nothing among the newest messages">Older ones were not searched yet.</EmptyState></Card>;
  if (!isFiltered) return <Card><EmptyState icon={<Inbox />} title="No messages yet" action={<Button asChild><Link href="/broadcasts">Go to broadcasts</Link></Button>}>Each message of each broadcast stands here, from the moment it is queued.</EmptyState></Card>;
  return <Card><EmptyState icon={<SearchX />} title="Nothing matches" action={<Button asChild><Link href="/deliveries">Clear</Link></Button>}>A number is found in any form, a person by name or the last four digits, a message by its SID. The question mark beside the box lists what else it understands.</EmptyState></Card>;
}

function Steps({ query, page }: { query: URLSearchParams; page: DeliveryLogPage }) {
  const newer = newerHref(query);
  const older = page.nextCursor ? olderHref(query, page.nextCursor) : null;
  if (!newer && !older) return page.data.length > 0 ? <p className="py-3 text-table text-muted-foreground tabular-nums">{formatCount(page.data.length, 'message')}</p> : null;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
      <Step href={newer}><ChevronLeft aria-hidden />Newer</Step>
      <Step href={older}>Older<ChevronRight aria-hidden /></Step>
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: ReactNode }) {
  if (!href) return <Button size="sm" asChild><span role="link" aria-disabled="true" className="cursor-not-allowed">{children}</span></Button>;
  return <Button size="sm" asChild><Link href={href}>{children}</Link></Button>;
}
