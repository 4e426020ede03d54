'use client';

import Link from 'next/link';
import { useEffect, useEffectEvent, useRef } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { ChannelId } from '#server/channels/channel.ts';
import { useCreateBroadcast } from './use-create-broadcast.ts';

/** Makes one draft and goes to its editor; of the usual channel, unless one is named. */
export function StartDraft({ channel }: { channel?: ChannelId | undefined }) {
  const { startWith, error } = useCreateBroadcast({ replace: true });
  const start = () => startWith(channel ? { channel } : {});
  const isStarted = useRef(false);
  const startOnce = useEffectEvent(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    start();
  });
  useEffect(() => { startOnce(); }, []);

  if (error) {
    return (
      <Alert family="danger" isLive title="No draft was made" action={<><Button size="sm" onClick={start}>Try again</Button><Button size="sm" asChild><Link href="/broadcasts">Broadcasts</Link></Button></>}>
        {problemMessage(error)}
      </Alert>
    );
  }
  return (
    <SkeletonGroup label="Making a draft" className="grid gap-4">
      <h1 className="sr-only">New broadcast</h1>
      <Skeleton className="h-9 w-72" />
      <Skeleton className="h-64" />
    </SkeletonGroup>
  );
}
