'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { Phone, Plus } from 'lucide-react';
import Link from 'next/link';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { SenderCard } from './sender-card.tsx';

/** Every sender of the organisation: what it may, how fast, whom it reaches, who hears what people write to it. */
export function SendersPage() {
  const trpc = useTRPC();
  const { data: senders } = useSuspenseQuery(trpc.twilioAccount.senders.queryOptions());
  const { data: organization } = useSuspenseQuery(trpc.organization.read.queryOptions());
  const mayWrite = organization.role === 'owner' || organization.role === 'admin';
  const add = mayWrite ? <Button asChild variant="primary"><Link href="/senders/new"><Plus aria-hidden />Add a number</Link></Button> : null;
  return (
    <>
      <PageHeader title="Senders" description="The numbers that your messages come from. Registration and speed are read from Twilio every five minutes; nothing here can change them." actions={add} />
      {senders.length > 0 ? (
        <ul aria-label="Senders" className="grid max-w-3xl gap-4">{senders.map((sender) => <li key={sender.id}><SenderCard sender={sender} mayWrite={mayWrite} /></li>)}</ul>
      ) : (
        <EmptyState icon={<Phone />} title="No senders yet" action={add}>Without one nothing can be sent. Connect a Twilio account that owns a number, or buy one here.</EmptyState>
      )}
    </>
  );
}
