'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { BroadcastMenu } from '#components/broadcast/broadcast-menu.tsx';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { Countdown } from './countdown.tsx';
import { Departures } from './departures.tsx';
import { QuietSwitch } from './quiet-switch.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { useDepartures } from './use-departures.ts';
import { momentIn, wallClockWords } from './zone.ts';
import { useBrowserTimeZone } from '#components/account/time-zone.ts';

const LOOK_AGAIN = 3_000; // ms

/** A booked broadcast: when, for whom, by which clocks; changed or taken back until it begins. */
export function Scheduled({ broadcast }: { broadcast: BroadcastView }) {
  const trpc = useTRPC();
  const maySend = useMaySend();
  const [isChanging, setChanging] = useState(false);
  const takeBack = useTakeBack(broadcast.id);
  // The page turns into the live one when the worker has begun.
  useQuery(trpc.broadcast.read.queryOptions({ id: broadcast.id }, { refetchInterval: LOOK_AGAIN }));
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Broadcasts', href: '/broadcasts' }]}
        title={broadcast.name}
        status={<BroadcastStatus status={broadcast.status} reason={broadcast.statusReason} />}
        actions={(
          <>
            {maySend ? <Button icon={<Undo2 aria-hidden />} loading={takeBack.isPending} onClick={() => takeBack.mutate({ id: broadcast.id })}>Cancel the schedule</Button> : null}
            {maySend ? <Button variant="primary" icon={<CalendarClock aria-hidden />} onClick={() => setChanging(true)}>Change the time</Button> : null}
            <BroadcastMenu broadcast={broadcast} />
          </>
        )}
      />
      <div className="grid grid-cols-1 gap-4">
        <Start broadcast={broadcast} />
        <Card title="Message"><p className="max-w-prose rounded-control border bg-surface p-3 text-body break-words whitespace-pre-wrap">{broadcast.content}</p></Card>
      </div>
      <ScheduleDialog broadcast={broadcast} open={isChanging} onOpenChange={setChanging} />
    </>
  );
}

function Start({ broadcast }: { broadcast: BroadcastView }) {
  const zone = useBrowserTimeZone() ?? 'UTC';
  const { scheduledAt, localSendAt, timeZone, audienceFixedAt } = broadcast;
  const at = localSendAt ?? (scheduledAt ? new Date(scheduledAt).toISOString().slice(0, 16) : undefined);
  const { data: view } = useDepartures({ id: broadcast.id, at, isLocal: localSendAt !== null, timeZone: 'UTC' });
  if (!scheduledAt) return null;
  return (
    <Card>
      <p className="text-table text-muted-foreground">Begins</p>
      <Countdown until={scheduledAt} />
      <dl className="mt-3 grid gap-x-6 gap-y-3 border-t pt-4 sm:grid-cols-2">
        <Fact label="When">
          {localSendAt ? `${wallClockWords(localSendAt)}, by the clock where each person is` : momentIn(scheduledAt, timeZone ?? zone)}
          {localSendAt ? <Muted>It begins {momentIn(scheduledAt, zone)}, when the first clocks on earth show that hour.</Muted> : timeZone && timeZone !== zone ? <Muted>That is {momentIn(scheduledAt, zone)}.</Muted> : null}
        </Fact>
        <Fact label="Who gets it">
          {audienceFixedAt ? 'Those who were in the audience when it was scheduled' : 'Whoever is in the audience when it begins'}
          <Muted>{audienceFixedAt ? `Fixed ${momentIn(audienceFixedAt, zone)}. Opt-outs still count.` : 'Counted again at that moment.'}</Muted>
        </Fact>
      </dl>
      {view ? (
        <div className="mt-4 grid gap-3 border-t pt-4">
          <QuietSwitch broadcast={broadcast} view={view} />
          {view.departures.length > 0 ? <Departures view={view} zone={zone} /> : <p className="text-body text-muted-foreground">Nobody would get it as the audience is now.</p>}
        </div>
      ) : <SkeletonGroup label="Counting who gets it when" className="mt-4"><Skeleton className="h-24" /></SkeletonGroup>}
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return <div className="min-w-0"><dt className="text-table text-muted-foreground">{label}</dt><dd className="text-body font-medium">{children}</dd></div>;
}

const Muted = ({ children }: { children: React.ReactNode }) => <span className="block text-table font-normal text-muted-foreground">{children}</span>;

/** Back to a draft, with everything that was written in it. */
function useTakeBack(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(trpc.broadcast.cancel.mutationOptions({
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.broadcast.read.queryFilter({ id }));
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      notify.success('Taken back. It is a draft again.');
    },
    onError: (error) => notify.error(problemMessage(error)),
  }));
}
