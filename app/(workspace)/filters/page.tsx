import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { FilterTable } from '#components/audience/filter/filter-table.tsx';

export const metadata: Metadata = { title: 'Saved filters' };

export default async function FiltersPage() {
  await Promise.allSettled([fetchNow(trpc.audience.filters.queryOptions())]);
  return <HydrateClient><FilterTable /></HydrateClient>;
}
