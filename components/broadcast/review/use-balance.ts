'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

/** Whether the Twilio balance covers the likely cost. It asks Twilio, so it comes after the page; nothing until then. */
export function useBalance({ estimate, recipients, checks }: PreviewView): PreviewView['checks'] {
  const trpc = useTRPC();
  const isConnected = checks.some(({ name, status }) => name === 'Twilio account' && status === 'pass');
  const { data } = useQuery(trpc.broadcast.checkBalance.queryOptions({ amount: estimate.amount, currency: estimate.currency }, { enabled: isConnected && recipients > 0, staleTime: 60_000, retry: false }));
  return data ? [data] : [];
}
