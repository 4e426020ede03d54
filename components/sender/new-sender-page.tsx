'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import type { NumberForSaleView } from '#server/domain/number/schema.ts';
import { ByNeed } from './by-need.tsx';
import { ImportNumbers } from './import-numbers.tsx';
import { Shop } from './shop.tsx';

/** A further number: which kind a need asks for, what Twilio sells, what the account owns already. */
export function NewSenderPage() {
  const trpc = useTRPC();
  const { data: organization } = useSuspenseQuery(trpc.organization.read.queryOptions());
  const [wish, setWish] = useState<{ country: string; type: NumberForSaleView['type'] }>({ country: 'US', type: 'local' });
  const mayWrite = organization.role === 'owner' || organization.role === 'admin';
  return (
    <>
      <PageHeader title="Add a number" breadcrumb={[{ label: 'Senders', href: '/senders' }]} description="Twilio sells it and charges your Twilio account every month." />
      <div className="grid max-w-3xl gap-4">
        {mayWrite ? (
          <>
            <ByNeed onChoose={setWish} />
            <Shop key={`${wish.country} ${wish.type}`} wish={wish} />
            <ImportNumbers />
          </>
        ) : <Alert title="Only owners and admins add numbers">Ask one of them.</Alert>}
      </div>
    </>
  );
}
