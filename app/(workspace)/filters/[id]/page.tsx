import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { FilterPage } from '#components/audience/filter/filter-page.tsx';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readFilterOrNotFound((await params).id)).name };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  const { definition } = await readFilterOrNotFound(id);
  await Promise.allSettled([
    fetchNow(trpc.audience.vocabulary.queryOptions()), fetchNow(trpc.audience.lists.queryOptions()), fetchNow(trpc.audience.countFilter.queryOptions({ definition })),
  ]);
  return <HydrateClient><FilterPage id={id} /></HydrateClient>;
}

/** The filter of the page, once per request. Unknown, another organisation's and no id at all are the same 404. */
const readFilterOrNotFound = cache(async (id: string) => {
  try {
    return await fetchNow(trpc.audience.readFilter.queryOptions({ id }));
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
});
