'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';

const SENDERS = ['owner', 'admin', 'marketer'];

/** Whether the reader's role may write and send broadcasts. Only for what the page offers: the server decides. True until it is known. */
export function useMaySend(): boolean {
  const trpc = useTRPC();
  const { data: organization } = useQuery(trpc.organization.read.queryOptions());
  return organization === undefined || SENDERS.includes(organization.role);
}
