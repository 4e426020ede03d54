import type { Metadata } from 'next';
import { HydrateClient, prefetch, trpc } from '#app/_trpc/server.tsx';
import { PageHeader } from '#components/layout/page-header.tsx';
import { TwilioSettings } from '#components/twilio-account/twilio-settings.tsx';

export const metadata: Metadata = { title: 'Twilio' };

export default function TwilioPage() {
  prefetch(trpc.twilioAccount.read.queryOptions());
  prefetch(trpc.connection.read.queryOptions());
  prefetch(trpc.twilioAccount.setup.queryOptions());
  prefetch(trpc.twilioAccount.senders.queryOptions());
  prefetch(trpc.organization.read.queryOptions());
  return (
    <HydrateClient>
      <PageHeader title="Twilio" description="Messages go through your organisation's own Twilio account, and Twilio bills you directly." />
      <TwilioSettings />
    </HydrateClient>
  );
}
