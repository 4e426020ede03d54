'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useState } from 'react';
import type { LiveState } from '#components/layout/live-chip.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { BroadcastView, ProgressView } from '#server/domain/broadcast/schema.ts';

const FALLBACK = 5_000; // ms; asked while the stream is down

type Progress = { progress: ProgressView | undefined; live: LiveState };

/** Snapshots of a broadcast as they come: pushed, or asked for while the stream is down. The newest wins. */
export function useProgress(broadcast: BroadcastView): Progress {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const id = broadcast.id;
  const [pushed, setPushed] = useState<ProgressView>();
  const stream = useSubscription(trpc.broadcast.watch.subscriptionOptions({ id }, { onData: setPushed }));
  const isStreaming = stream.status === 'pending';
  const { data: asked } = useQuery(trpc.broadcast.progress.queryOptions({ id }, { refetchInterval: isStreaming ? false : FALLBACK }));

  const progress = newest(pushed, asked);
  const status = progress?.status ?? broadcast.status;
  const isOver = status !== 'sending' && status !== 'paused' && status !== 'scheduled';
  useEffect(() => {
    if (status === broadcast.status) return;
    // A new status may be a new face of the page, and it changes the list.
    void queryClient.invalidateQueries(trpc.broadcast.read.queryFilter({ id }));
    void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
    if (isOver) void queryClient.invalidateQueries(trpc.broadcast.report.queryFilter({ id }));
  }, [status, isOver, broadcast.status, id, queryClient, trpc]);

  return { progress, live: isStreaming || (stream.status === 'connecting' && !pushed) ? 'live' : 'reconnecting' };
}

function newest(one: ProgressView | undefined, other: ProgressView | undefined): ProgressView | undefined {
  if (!one || !other) return one ?? other;
  return one.asOf >= other.asOf ? one : other;
}
