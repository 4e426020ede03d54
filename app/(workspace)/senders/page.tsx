import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { SendersPage } from '#components/sender/senders-page.tsx';

export const metadata: Metadata = { title: 'Senders' };

export default async function Page() {
  await Promise.allSettled([fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.organization.read.queryOptions())]);
  return <HydrateClient><SendersPage /></HydrateClient>;
}
