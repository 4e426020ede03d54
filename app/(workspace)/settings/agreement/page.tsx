import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { AgreementPanel } from '#components/agreement/agreement-panel.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';

export const metadata: Metadata = { title: 'Agreement' };

export default async function AgreementPage() {
  // The panel does not suspend, because the same code runs in a dialog: what streams after the page would not match what the server has drawn.
  await Promise.all([
    fetchNow(trpc.agreement.read.queryOptions({ service: 'bulk-sms' })),
    fetchNow(trpc.organization.members.queryOptions()),
    fetchNow(trpc.organization.read.queryOptions()),
  ]);
  return (
    <HydrateClient>
      <PageHeader title="Agreement" description="Who is responsible for what. Nothing is sent before it is accepted." />
      <div className="max-w-3xl"><AgreementPanel /></div>
    </HydrateClient>
  );
}
