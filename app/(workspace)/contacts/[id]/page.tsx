import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ContactPage } from '#components/contact/contact-page.tsx';
import { shownIn, timelineInput } from '#components/contact/timeline-query.ts';
import { nameOf } from '#components/contact/words.ts';
import { queryOf } from '#components/layout/page-query.ts';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: nameOf(await readContactOrNotFound((await params).id)) };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  await readContactOrNotFound(id);
  await Promise.allSettled([fetchNow(trpc.contact.timeline.queryOptions(timelineInput(id, shownIn(queryOf(await searchParams))))), fetchNow(trpc.audience.lists.queryOptions())]);
  return <HydrateClient><ContactPage id={id} /></HydrateClient>;
}

/** The contact of the page, once per request. Unknown, another organisation's and no id at all are the same 404. */
const readContactOrNotFound = cache(async (id: string) => {
  try {
    return await fetchNow(trpc.contact.read.queryOptions({ id }));
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
});
