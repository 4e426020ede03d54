'use client';

import { useQuery } from '@tanstack/react-query';
import { DeliveryStatus } from '#components/delivery/delivery-status.tsx';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { DeliveryView } from '#server/domain/delivery/schema.ts';

const OFTEN = 1_000; // ms
const final: ReadonlySet<DeliveryView['status']> = new Set(['delivered', 'read', 'failed', 'undelivered', 'skipped', 'cancelled']);

/** Each test message on its way, until its end is known. */
export function TestProgress({ testId, text }: { testId: string; text: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.delivery.list.queryOptions({ id: testId, ps: 10 }, {
    staleTime: 0, refetchInterval: (query) => (query.state.data?.data.every(({ status }) => final.has(status)) ? false : OFTEN),
  }));
  return (
    <div className="grid gap-4">
      <p className="inline-block max-w-full justify-self-start rounded-bubble rounded-bl-[4px] bg-hover px-3.5 py-2 text-body break-words whitespace-pre-wrap">{text}</p>
      {data ? null : <SkeletonGroup label="Sending"><Skeleton className="h-10" /></SkeletonGroup>}
      <ul aria-label="Test messages" aria-live="polite" className="divide-y rounded-card border empty:hidden">
        {data?.data.map((delivery) => (
          <li key={delivery.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2.5">
            <span className="text-body tabular-nums">{formatPhone(delivery.recipient)}</span>
            <DeliveryStatus status={delivery.status} />
            {delivery.errorReason ? <span className="basis-full text-table text-muted-foreground">{delivery.errorReason}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
