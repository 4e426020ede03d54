'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Megaphone, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { broadcastLook } from '#components/broadcast/broadcast-status.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { channelNames } from '#components/format/channel.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableHead, TableHeader } from '#components/ui/table.tsx';
import { hiddenIn } from '#components/user-view/columns.ts';
import type { BroadcastView, ListBroadcastsInput } from '#server/domain/broadcast/schema.ts';
import { BroadcastFilters } from './broadcast-filters.tsx';
import { BroadcastRow } from './broadcast-row.tsx';
import { daysLabel } from './list-filters.tsx';
import { broadcastColumns, listHref, listInputFrom, PAGE_SIZE, type BroadcastColumn } from './list-query.ts';
import { NewBroadcastButton } from './new-broadcast-button.tsx';
import { useDuplicateKey } from './use-duplicate-key.ts';

const WHILE_MOVING = 3_000; // ms
const isMoving = (broadcast: BroadcastView) => broadcast.status === 'sending' || broadcast.status === 'scheduled';

export function BroadcastList() {
  const trpc = useTRPC();
  const query = useSearchParams();
  const input = listInputFrom(query);
  const { data, error, isPlaceholderData, refetch, isFetching } = useQuery(trpc.broadcast.list.queryOptions(input, {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.data.some(isMoving) ? WHILE_MOVING : false),
  }));
  useDuplicateKey();
  const isFiltered = Boolean(input.search || input.status || input.channel || input.sender || input.author || input.from || input.to);
  const isEmpty = data?.total === 0 && !isFiltered;

  return (
    <>
      <PageHeader title="Broadcasts" actions={isEmpty ? undefined : <NewBroadcastButton />} />
      {isEmpty ? null : <div className="mb-3"><BroadcastFilters /></div>}
      {error && !data ? (
        <Alert family="danger" isLive title="The list could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>
      ) : null}
      {!data && !error ? <Card isFlush><SkeletonRows label="Loading broadcasts" /></Card> : null}
      {isEmpty ? (
        <Card>
          <EmptyState icon={<Megaphone />} title="No broadcasts yet" action={<NewBroadcastButton />}>Write one: nothing is sent until you review it.</EmptyState>
        </Card>
      ) : null}
      {data && data.data.length === 0 && !isEmpty ? <NothingFound input={input} total={data.total} /> : null}
      {data && data.data.length > 0 ? (
        <div aria-busy={isPlaceholderData}>
          <BroadcastTable broadcasts={data.data} hidden={hiddenIn(query, broadcastColumns)} />
          <Pagination
            previousHref={data.page > 1 ? listHref(query, { p: String(data.page - 1) }) : null}
            nextHref={data.hasNext ? listHref(query, { p: String(data.page + 1) }) : null}
            summary={summaryOf(data.page, data.data.length, data.total)}
          />
        </div>
      ) : null}
    </>
  );
}

const NUMERIC: readonly BroadcastColumn[] = ['delivered', 'failed', 'cost'];

function BroadcastTable({ broadcasts, hidden }: { broadcasts: BroadcastView[]; hidden: ReadonlySet<BroadcastColumn> }) {
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Broadcasts, newest first">
        <TableHeader>
          <TableHead>Name</TableHead>
          {broadcastColumns.filter(({ key }) => !hidden.has(key)).map(({ key, label }) => <TableHead key={key} isNumeric={NUMERIC.includes(key)}>{label}</TableHead>)}
          <TableHead><span className="sr-only">Actions</span></TableHead>
        </TableHeader>
        <TableBody>{broadcasts.map((broadcast) => <BroadcastRow key={broadcast.id} broadcast={broadcast} hidden={hidden} />)}</TableBody>
      </Table>
    </div>
  );
}

function NothingFound({ input, total }: { input: ListBroadcastsInput; total: number }) {
  const filters = [input.search ? `“${input.search}”` : null, input.status ? broadcastLook[input.status].word.toLowerCase() : null, input.channel ? channelNames[input.channel] : null,
    input.sender ? `from ${formatPhone(input.sender)}` : null, input.author ? 'of one author' : null, input.from || input.to ? daysLabel(input.from, input.to) : null].filter(Boolean).join(', ');
  return (
    <Card>
      <EmptyState icon={<SearchX />} title={total > 0 ? 'This page is empty' : 'Nothing matches'} action={<Button asChild><Link href="/broadcasts">{total > 0 ? 'Go to the first page' : 'Clear'}</Link></Button>}>
        {filters ? `Looked for: ${filters}.` : null}
      </EmptyState>
    </Card>
  );
}

function summaryOf(page: number, shown: number, total: number): string {
  const first = (page - 1) * PAGE_SIZE + 1;
  return `${formatNumber(first)}–${formatNumber(first + shown - 1)} of ${formatNumber(total)}`;
}
