import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { queryOf } from '#components/layout/page-query.ts';
import { OptOutList } from '#components/opt-out/opt-out-list.tsx';
import { optOutsInputFrom } from '#components/opt-out/query.ts';

export const metadata: Metadata = { title: 'Opt-outs' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OptOutsPage({ searchParams }: Props) {
  const query = queryOf(await searchParams);
  await Promise.allSettled([fetchNow(trpc.optOut.list.queryOptions(optOutsInputFrom(query))), fetchNow(trpc.optOut.counts.queryOptions()), fetchNow(trpc.optOut.drift.queryOptions())]);
  return <HydrateClient><OptOutList /></HydrateClient>;
}
