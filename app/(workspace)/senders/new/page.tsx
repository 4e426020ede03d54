import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { NewSenderPage } from '#components/sender/new-sender-page.tsx';

export const metadata: Metadata = { title: 'Add a number' };

export default async function Page() {
  await Promise.allSettled([fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.organization.read.queryOptions())]);
  return <HydrateClient><NewSenderPage /></HydrateClient>;
}
