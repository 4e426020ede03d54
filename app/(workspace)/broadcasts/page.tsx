import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { BroadcastList } from '#components/broadcast/list/broadcast-list.tsx';
import { listInputFrom } from '#components/broadcast/list/list-query.ts';
import { queryOf } from '#components/layout/page-query.ts';

export const metadata: Metadata = { title: 'Broadcasts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function BroadcastsPage({ searchParams }: Props) {
  await Promise.allSettled([fetchNow(trpc.broadcast.list.queryOptions(listInputFrom(queryOf(await searchParams))))]);
  return <HydrateClient><BroadcastList /></HydrateClient>;
}
