import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ListTable } from '#components/audience/list-table.tsx';

export const metadata: Metadata = { title: 'Lists' };

export default async function ListsPage() {
  await Promise.allSettled([fetchNow(trpc.audience.lists.queryOptions())]);
  return <HydrateClient><ListTable /></HydrateClient>;
}
