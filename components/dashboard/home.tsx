'use client';

import { useQuery } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { NewBroadcastButton } from '#components/broadcast/list/new-broadcast-button.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { ActiveBroadcasts } from './active-broadcasts.tsx';
import { GetStarted } from './get-started.tsx';
import { NeedsYou } from './needs-you.tsx';
import { Overview } from './overview.tsx';
import { useActiveBroadcasts } from './use-active-broadcasts.ts';

const QUIET = 60_000; // ms
const WHILE_SENDING = 5_000; // ms

/** What needs somebody, what is going on, and how the last month went. */
export function Home() {
  const trpc = useTRPC();
  const active = useActiveBroadcasts();
  const isSending = active.some((broadcast) => broadcast.status === 'sending');
  const { data: stats, error, refetch, isFetching } = useQuery(trpc.ledger.stats.queryOptions({}, { refetchInterval: isSending ? WHILE_SENDING : QUIET }));
  const { data: broadcasts } = useQuery(trpc.broadcast.list.queryOptions({ ps: 1 }));
  const { data: sent } = useQuery(trpc.broadcast.list.queryOptions({ status: 'sent', ps: 1 }));
  // A month without messages is not enough: somebody who sent before knows the way.
  const isNew = stats?.totals.handed === 0 && active.length === 0 && broadcasts !== undefined && sent?.total === 0;
  return (
    <>
      <PageHeader title="Home" actions={isNew ? undefined : <NewBroadcastButton />} />
      <div className="grid gap-4">
        {error && !stats ? <Alert family="danger" isLive title="The figures could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert> : null}
        {!stats && !error ? <SkeletonGroup label="Loading" className="grid gap-4"><Skeleton className="h-28 rounded-card" /><Skeleton className="h-72 rounded-card" /></SkeletonGroup> : null}
        <NeedsYou active={active} isNew={isNew} />
        {isNew ? <GetStarted broadcasts={broadcasts.total} /> : null}
        <ActiveBroadcasts broadcasts={active} />
        {stats && !isNew ? <Overview stats={stats} /> : null}
      </div>
    </>
  );
}
