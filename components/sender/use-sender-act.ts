'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';

/** What every act on a sender does afterwards: the list is read anew, and a refusal is said. */
export function useSenderAct() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    refresh: () => Promise.all([queryClient.invalidateQueries(trpc.twilioAccount.senders.pathFilter()), queryClient.invalidateQueries(trpc.twilioAccount.read.pathFilter())]),
    refused: (what: string) => (error: { message: string }) => { notify.error(what, { description: error.message }); },
  };
}
