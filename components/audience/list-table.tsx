'use client';

import { useQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatNumber } from '#components/format/number.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ListView } from '#server/domain/audience/schema.ts';
import { NewList } from './new-list.tsx';

/** All lists of the organisation. */
export function ListTable() {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const { data: lists, error, isFetching, refetch } = useQuery(trpc.audience.lists.queryOptions());
  return (
    <>
      <PageHeader title="Lists" description="Whom a broadcast goes to. Somebody who is in several lists gets one message." actions={lists?.length ? <NewList /> : undefined} />
      {error && !lists ? <Alert family="danger" isLive title="The lists could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!lists && !error ? <Card isFlush><SkeletonRows label="Loading lists" /></Card> : null}
      {lists?.length === 0 ? (
        <Card>
          <EmptyState icon={<ListChecks />} title="No lists yet" action={mayWrite ? <><NewList /><Button asChild><Link href="/contacts/import">Import CSV</Link></Button></> : undefined}>
            A list holds the people of a broadcast: newsletter readers, guests of an event, open orders.
          </EmptyState>
        </Card>
      ) : null}
      {lists && lists.length > 0 ? <Lists lists={lists} /> : null}
    </>
  );
}

function Lists({ lists }: { lists: readonly ListView[] }) {
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption="Lists by name">
        <TableHeader>
          <TableHead>Name</TableHead>
          <TableHead>Slug for the API</TableHead>
          <TableHead isNumeric>Members</TableHead>
          <TableHead isNumeric>Reachable</TableHead>
          <TableHead>Made</TableHead>
        </TableHeader>
        <TableBody>
          {lists.map((list) => (
            <TableRow key={list.id}>
              <TableCell className="max-w-72"><Link href={`/lists/${list.slug}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{list.name}</Link></TableCell>
              <TableCell label="Slug" className="max-w-64"><Copyable value={list.slug} label={`slug of ${list.name}`} /></TableCell>
              <TableCell label="Members" isNumeric className="tabular-nums">{formatNumber(list.members)}</TableCell>
              <TableCell label="Reachable" isNumeric className="tabular-nums">{formatNumber(list.reachable)}</TableCell>
              <TableCell label="Made" isHiddenOnCard className="whitespace-nowrap"><Time value={list.createdAt} /></TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
