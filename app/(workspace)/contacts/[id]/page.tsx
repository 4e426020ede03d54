import type { Metadata } from 'next';
import { cache } from 'react';
import { orNotFound } from '#app/_trpc/or-not-found.ts';
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
  await Promise.allSettled([fetchNow(trpc.contact.timeline.queryOptions(timelineInput(id, shownIn(queryOf(await searchParams))))), fetchNow(trpc.audience.lists.queryOptions()), fetchNow(trpc.contact.mayMessage.queryOptions({ id })), fetchNow(trpc.contact.consent.queryOptions({ id }))]);
  return <HydrateClient><ContactPage id={id} /></HydrateClient>;
}

/** The contact of the page, once per request. */
const readContactOrNotFound = cache((id: string) => orNotFound(fetchNow(trpc.contact.read.queryOptions({ id }))));
