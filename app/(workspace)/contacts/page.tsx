import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { ContactList } from '#components/contact/contact-list.tsx';
import { contactsInputFrom } from '#components/contact/query.ts';
import { queryOf } from '#components/layout/page-query.ts';

export const metadata: Metadata = { title: 'Contacts' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ContactsPage({ searchParams }: Props) {
  const query = queryOf(await searchParams);
  // Waited for, so that server and browser render the same; what failed is asked again, and shown, by the component.
  await Promise.allSettled([fetchNow(trpc.contact.list.queryOptions(contactsInputFrom(query))), fetchNow(trpc.audience.lists.queryOptions()), fetchNow(trpc.audience.filters.queryOptions())]);
  return <HydrateClient><ContactList /></HydrateClient>;
}
