'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { Editor } from './editor/editor.tsx';
import { Live } from './live/live.tsx';
import { problemMessage } from './problem.ts';
import { Report } from './report/report.tsx';
import { Scheduled } from './schedule/scheduled.tsx';

/** A broadcast in the shape that its status asks for, under one address. */
export function BroadcastPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data, error, refetch, isFetching } = useQuery(trpc.broadcast.read.queryOptions({ id }));
  if (data) return <ByStatus broadcast={data} />;
  if (error) {
    return <Alert family="danger" title="The broadcast could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert>;
  }
  return <SkeletonGroup label="Loading the broadcast" className="grid gap-4"><Skeleton className="h-9 w-72" /><Skeleton className="h-64" /></SkeletonGroup>;
}

function ByStatus({ broadcast }: { broadcast: BroadcastView }) {
  switch (broadcast.status) {
    case 'draft': return <Editor key={broadcast.id} broadcast={broadcast} />;
    case 'scheduled': return <Scheduled key={broadcast.id} broadcast={broadcast} />;
    case 'sending': case 'paused': return <Live key={broadcast.id} broadcast={broadcast} />;
    case 'sent': case 'cancelled': case 'failed': return <Report key={broadcast.id} id={broadcast.id} />;
  }
}
