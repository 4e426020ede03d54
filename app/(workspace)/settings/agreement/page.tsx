import type { Metadata } from 'next';
import { HydrateClient, prefetch, trpc } from '#app/_trpc/server.tsx';
import { AgreementPanel } from '#components/agreement/agreement-panel.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';

export const metadata: Metadata = { title: 'Agreement' };

export default function AgreementPage() {
  prefetch(trpc.agreement.read.queryOptions({ service: 'bulk-sms' }));
  prefetch(trpc.organization.members.queryOptions());
  prefetch(trpc.organization.read.queryOptions());
  return (
    <HydrateClient>
      <PageHeader title="Agreement" description="Who is responsible for what. Nothing is sent before it is accepted." />
      <div className="max-w-3xl"><AgreementPanel /></div>
    </HydrateClient>
  );
}
