import type { Metadata } from 'next';
import { HydrateClient, prefetch, trpc } from '#app/_trpc/server.tsx';
import { ListTable } from '#components/audience/list-table.tsx';

export const metadata: Metadata = { title: 'Lists' };

export default function ListsPage() {
  prefetch(trpc.audience.lists.queryOptions());
  return <HydrateClient><ListTable /></HydrateClient>;
}
