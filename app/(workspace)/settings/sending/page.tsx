import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { SendingRules } from '#components/account/sending-rules.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';

export const metadata: Metadata = { title: 'Sending rules' };

export default async function SendingRulesPage() {
  await Promise.allSettled([fetchNow(trpc.organization.read.queryOptions())]);
  return (
    <HydrateClient>
      <PageHeader title="Sending rules" description="What holds for every broadcast of the organisation, whoever sends it and by whichever door." />
      <div className="max-w-3xl"><SendingRules /></div>
    </HydrateClient>
  );
}
