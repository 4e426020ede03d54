'use client';

import { useQuery } from '@tanstack/react-query';
import { Funnel } from 'lucide-react';
import Link from 'next/link';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatNumber } from '#components/format/number.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { SavedFilterView } from '#server/domain/audience/schema.ts';
import { FilterMenu } from './filter-menu.tsx';
import { NewFilter } from './new-filter.tsx';

/** All saved filters, with how many people match each now. */
export function FilterTable() {
  const trpc = useTRPC();
  const { data: filters, error, isFetching, refetch } = useQuery(trpc.audience.filters.queryOptions());
  return (
    <>
      <PageHeader title="Saved filters" description="People by what is known about them. A list stays as it is; a filter is asked anew whenever it is used." actions={filters?.length ? <NewFilter /> : undefined} />
      {error && !filters ? <Alert family="danger" isLive title="The filters could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!filters && !error ? <Card isFlush><SkeletonRows label="Loading filters" /></Card> : null}
      {filters?.length === 0 ? (
        <Card>
          <EmptyState icon={<Funnel />} title="No saved filters yet" action={<NewFilter />}>
            Like “tagged vip, in Berlin, no message in 30 days”. Use it for a broadcast, or to leave people out of one.
          </EmptyState>
        </Card>
      ) : null}
      {filters && filters.length > 0 ? <Filters filters={filters} /> : null}
    </>
  );
}

function Filters({ filters }: { filters: readonly SavedFilterView[] }) {
  const mayWrite = useMayWrite();
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Saved filters by name">
        <TableHeader>
          <TableHead>Name</TableHead>
          <TableHead isNumeric>People now</TableHead>
          <TableHead isNumeric>Reachable</TableHead>
          <TableHead>Changed</TableHead>
          {mayWrite ? <TableHead><span className="sr-only">Actions</span></TableHead> : null}
        </TableHeader>
        <TableBody>
          {filters.map((filter) => (
            <TableRow key={filter.id}>
              <TableCell className="max-w-96 max-sm:pr-10"><Link href={`/filters/${filter.id}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{filter.name}</Link></TableCell>
              <TableCell label="People" isNumeric className="tabular-nums"><Link href={`/contacts?filter=${filter.id}`} aria-label={`${formatNumber(filter.people)} people match ${filter.name}: see them`} className="inline-flex min-h-6 min-w-6 items-center justify-end underline-offset-3 hover:underline max-sm:hidden">{formatNumber(filter.people)}</Link><span className="sm:hidden">{formatNumber(filter.people)}</span></TableCell>
              <TableCell label="Reachable" isNumeric className="tabular-nums">{formatNumber(filter.reachable)}</TableCell>
              <TableCell label="Changed" isHiddenOnCard className="whitespace-nowrap"><Time value={filter.updatedAt} /></TableCell>
              {mayWrite ? <TableCell className="max-sm:absolute max-sm:top-1.5 max-sm:right-1.5 sm:text-right"><FilterMenu filter={filter} /></TableCell> : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
