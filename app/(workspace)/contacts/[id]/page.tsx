import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ContactPage } from '#components/contact/contact-page.tsx';
import { nameOf } from '#components/contact/words.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameOf(await readContactOrNotFound((await params).id)) };
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  await readContactOrNotFound(id);
  await Promise.allSettled([fetchNow(trpc.contact.activities.queryOptions({ contactId: id, ps: 20 })), fetchNow(trpc.audience.lists.queryOptions())]);
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
