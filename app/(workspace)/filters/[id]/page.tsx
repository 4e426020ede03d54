import type { Metadata } from 'next';
import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
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

/** The filter of the page, once per request. */
const readFilterOrNotFound = cache((id: string) => orNotFound(fetchNow(trpc.audience.readFilter.queryOptions({ id }))));
