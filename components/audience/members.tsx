'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchX, UserMinus, Users } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { PAGE_SIZE } from '#components/contact/query.ts';
import { nameOf } from '#components/contact/words.ts';
import { formatPhone } from '#components/format/phone.ts';
import { hrefWith, pageIn, searchIn } from '#components/layout/page-query.ts';
import { Paging } from '#components/layout/paging.tsx';
import { SearchBox } from '#components/layout/search-box.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Status } from '#components/ui/status.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ListView, MemberView } from '#server/domain/audience/schema.ts';
import { useRemoveMember } from './use-remove-member.ts';

/** The people of a list with their data in it. */
export function Members({ list }: { list: ListView }) {
  const trpc = useTRPC();
  const query = useSearchParams();
  const path = `/lists/${list.slug}`;
  const mayWrite = useMayWrite();
  const search = searchIn(query);
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery(trpc.audience.members.queryOptions({ list: list.id, search, p: pageIn(query), ps: PAGE_SIZE }, { placeholderData: keepPreviousData }));
  if (list.members === 0) {
    return <Card><EmptyState icon={<Users />} title="Nobody is in this list yet" action={mayWrite ? <Button asChild><Link href={`/contacts/import?list=${list.slug}`}>Import CSV</Link></Button> : undefined}>{mayWrite ? 'Add people by their number above, or import a file.' : null}</EmptyState></Card>;
  }
  return (
    <section aria-label="Members">
      <search className="mb-3 block sm:w-80"><SearchBox label="Search members" placeholder="Name, phone or e-mail" hrefFor={(text) => hrefWith(path, query, { search: text })} /></search>
      {error ? <Alert family="danger" isLive title="The members could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
      {!data && !error ? <Card isFlush><SkeletonRows label="Loading members" /></Card> : null}
      {!error && data?.data.length === 0 ? <Card><EmptyState icon={<SearchX />} title={data.total > 0 ? 'This page is empty' : 'Nobody matches'} action={<Button asChild><Link href={path}>Show all</Link></Button>} /></Card> : null}
      {!error && data && data.data.length > 0 ? (
        <div aria-busy={isPlaceholderData} className={classNames('transition-[filter]', isPlaceholderData && 'grayscale')}>
          <MemberTable list={list} members={data.data} />
          <Paging path={path} shown={data.data.length} {...data} />
        </div>
      ) : null}
    </section>
  );
}

function MemberTable({ list, members }: { list: ListView; members: readonly MemberView[] }) {
  const remove = useRemoveMember(list);
  const mayWrite = useMayWrite();
  const hasData = members.some((member) => Object.keys(member.data).length > 0);
  return (
    <div className="sm:rounded-card sm:border">
      <Table caption={`Members of ${list.name}, last added first`}>
        <TableHeader>
          <TableHead>Name</TableHead>
          <TableHead>Phone</TableHead>
          <TableHead>Status</TableHead>
          {hasData ? <TableHead>Data in this list</TableHead> : null}
          <TableHead>Added</TableHead>
          {mayWrite ? <TableHead><span className="sr-only">Actions</span></TableHead> : null}
        </TableHeader>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.contactId}>
              <TableCell className="max-w-56 max-sm:pr-10"><Link href={`/contacts/${member.contactId}`} className="block truncate font-medium underline-offset-3 hover:underline pointer-coarse:py-2">{nameOf(member)}</Link></TableCell>
              <TableCell label="Phone" className="whitespace-nowrap">{member.phone ? <span className="font-mono">{formatPhone(member.phone)}</span> : <span className="text-muted-foreground">None</span>}</TableCell>
              <TableCell label="Status" isHiddenOnCard={!member.optedOut}>{member.optedOut ? <Status family="optOut">Opted out</Status> : null}</TableCell>
              {hasData ? <TableCell label="Data" className="max-w-80" isHiddenOnCard={Object.keys(member.data).length === 0}><Data data={member.data} /></TableCell> : null}
              <TableCell label="Added" isHiddenOnCard className="whitespace-nowrap"><Time value={member.addedAt} /></TableCell>
              {mayWrite ? <TableCell className="max-sm:absolute max-sm:top-1.5 max-sm:right-1.5 sm:text-right"><IconButton size="sm" label={`Remove ${nameOf(member)} from the list`} icon={<UserMinus aria-hidden />} onClick={() => remove(member)} /></TableCell> : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

/** order.trackingNumber: 1Z…, as a message names it. */
function Data({ data }: { data: Record<string, unknown> }) {
  const lines = linesOf(data);
  return (
    <span className="flex min-w-0 flex-col text-caption max-sm:items-end" title={lines.map(([path, value]) => `${path}: ${value}`).join('\n')}>
      {lines.slice(0, 3).map(([path, value]) => <span key={path} className="max-w-full truncate"><span className="font-mono text-muted-foreground">{path}</span> {value}</span>)}
      {lines.length > 3 ? <span className="text-muted-foreground">and {lines.length - 3} more</span> : null}
    </span>
  );
}

function linesOf(data: Record<string, unknown>, prefix = ''): [string, string][] {
  return Object.entries(data).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return linesOf({ ...value }, `${prefix}${name}.`);
    return [[`${prefix}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}
