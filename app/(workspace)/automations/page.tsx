import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { RulesPage } from '#components/automation/rules-page.tsx';

export const metadata: Metadata = { title: 'Automations' };

export default async function Page() {
  await Promise.allSettled([fetchNow(trpc.automation.list.queryOptions()), fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.audience.lists.queryOptions())]);
  return <HydrateClient><RulesPage /></HydrateClient>;
}
