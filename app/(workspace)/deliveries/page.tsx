import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { DeliveryLog } from '#components/delivery/delivery-log.tsx';
import { logInputFrom, openFrom } from '#components/delivery/log-query.ts';

export const metadata: Metadata = { title: 'Delivery log' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DeliveriesPage({ searchParams }: Props) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(await searchParams)) if (typeof value === 'string') query.set(name, value);
  const open = openFrom(query);
  await Promise.allSettled([
    fetchNow(trpc.delivery.search.queryOptions(logInputFrom(query))),
    fetchNow(trpc.broadcast.list.queryOptions({ ps: 100 })),
    ...(open ? [fetchNow(trpc.delivery.read.queryOptions({ id: open }))] : []),
  ]);
  return <HydrateClient><DeliveryLog /></HydrateClient>;
}
