'use client';

import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import Link from 'next/link';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatNumber } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatGroup, StatTile } from '#components/ui/stat-tile.tsx';
import { Time } from '#components/ui/time.tsx';
import { AddMember } from './add-member.tsx';
import { ListMenu } from './list-menu.tsx';
import { Members } from './members.tsx';
import { WriteBroadcast } from './write-broadcast.tsx';

const breadcrumb = [{ label: 'Lists', href: '/lists' }];

export function ListPage({ list: named }: { list: string }) {
  const trpc = useTRPC();
  const mayWrite = useMayWrite();
  const { data: list, error, isFetching, refetch } = useQuery(trpc.audience.readList.queryOptions({ list: named }));
  if (!list) {
    return (
      <>
        <PageHeader title="List" breadcrumb={breadcrumb} />
        {error ? <Alert family="danger" isLive title="This list could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : <Card isFlush><SkeletonRows label="Loading the list" /></Card>}
      </>
    );
  }
  const away = list.members - list.reachable;
  return (
    <>
      <PageHeader
        title={<span className="break-words">{list.name}</span>}
        breadcrumb={breadcrumb}
        description={<>Slug for the API: <Copyable value={list.slug} label="slug" /></>}
        actions={!mayWrite ? undefined : <><ListMenu list={list} /><Button asChild icon={<Upload aria-hidden />}><Link href={`/contacts/import?list=${list.slug}`}>Import CSV</Link></Button><WriteBroadcast list={list} /></>}
      />
      <StatGroup className="mb-4 sm:max-w-2xl sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
        <StatTile size="compact" label="Members" value={formatNumber(list.members)} />
        <StatTile size="compact" label="Reachable" value={formatNumber(list.reachable)} hint={away === 0 ? undefined : `${formatNumber(away)} (${formatPercent(away, list.members)}) opted out or without a number`} />
        <Change list={list.id} />
      </StatGroup>
      {mayWrite ? <AddMember list={list} /> : null}
      <Members list={list} />
    </>
  );
}

/** Who came and went since the list was last written to; nothing before the first time. */
function Change({ list }: { list: string }) {
  const trpc = useTRPC();
  const { data: change } = useQuery(trpc.audience.listChange.queryOptions({ list }));
  if (!change) return null;
  return (
    <StatTile
      size="compact" label="Since the last send" href={`/broadcasts/${change.broadcastId}`}
      value={<>+{formatNumber(change.joined)}<span className="sr-only"> joined,</span> −{formatNumber(change.left)}<span className="sr-only"> left</span></>}
      hint={<>{change.broadcastName}, <Time value={change.sentAt} /></>}
    />
  );
}
