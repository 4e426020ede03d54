'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BellOff, Download, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMayOptOut } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatNumber } from '#components/format/number.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { Paging } from '#components/layout/paging.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import { DriftCard } from './drift-card.tsx';
import { OptOutFilters } from './opt-out-filters.tsx';
import { OptOutTable } from './opt-out-table.tsx';
import { fileHref, optOutsInputFrom, PATH } from './query.ts';
import { RecordNumber } from './record-number.tsx';

export function OptOutList() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const input = optOutsInputFrom(query);
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery(trpc.optOut.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const isFiltered = Boolean(input.search || input.kind || input.source || input.scope);
  const isEmpty = data?.total === 0 && !isFiltered && !isPlaceholderData;
  return (
    <>
      <PageHeader title="Opt-outs" description="Everybody who left and everybody who came back, with what proves it. Nothing goes to a number that has left." actions={<Actions hasRows={!isEmpty} query={query} />} />
      <Counts />
      <DriftCard />
      {isEmpty ? null : <div className="mb-3"><OptOutFilters /></div>}
      {error ? (
        <Alert family="danger" isLive className="mb-3" title="The opt-outs could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>
      ) : null}
      {!data && !error ? <Card isFlush><SkeletonRows label="Loading opt-outs" /></Card> : null}
      {isEmpty ? <Card><EmptyState icon={<BellOff />} title="Nobody has left">When somebody texts STOP, it stands here at once, with their word.</EmptyState></Card> : null}
      {!error && data && data.data.length === 0 && !isEmpty ? (
        <Card><EmptyState icon={<SearchX />} title={data.total > 0 ? 'This page is empty' : 'Nothing matches'} action={<Button asChild><Link href={PATH}>{data.total > 0 ? 'Go to the first page' : 'Clear search and filters'}</Link></Button>} /></Card>
      ) : null}
      {!error && data && data.data.length > 0 ? (
        <div aria-busy={isPlaceholderData} className={classNames('transition-opacity', isPlaceholderData && 'opacity-60')}>
          <OptOutTable events={data.data} />
          <Paging path={PATH} shown={data.data.length} {...data} />
        </div>
      ) : null}
    </>
  );
}

function Actions({ hasRows, query }: { hasRows: boolean; query: URLSearchParams }) {
  const mayOptOut = useMayOptOut();
  return (
    <>
      {hasRows ? <Button asChild icon={<Download aria-hidden />}><a href={fileHref(query)} download>Export CSV</a></Button> : null}
      {mayOptOut ? <RecordNumber /> : null}
    </>
  );
}

function Counts() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.optOut.counts.queryOptions());
  const shown = (count: number | undefined) => (count === undefined ? '–' : formatNumber(count));
  return (
    <StatGroup className="mb-4">
      <StatTile size="compact" label="Numbers that are out" value={shown(data?.organization)} hint="from all your senders" />
      <StatTile size="compact" label="Out of one sender" value={shown(data?.sender)} hint="they get the others" />
      <StatTile size="compact" label="Left lately" value={shown(data?.leftLately)} hint="in 30 days" />
      <StatTile size="compact" label="Came back lately" value={shown(data?.cameBackLately)} hint="in 30 days" />
    </StatGroup>
  );
}
