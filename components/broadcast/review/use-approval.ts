'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';

/** Asking for a second person's word, and giving it. Afterwards the checks are made anew. */
export function useApproval(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const renew = () => Promise.all([
    queryClient.invalidateQueries(trpc.broadcast.preview.queryFilter({ id })),
    queryClient.invalidateQueries(trpc.broadcast.approvals.pathFilter()),
  ]);
  const onError = (error: unknown) => { notify.error('That did not work', { description: problemMessage(error) }); void renew(); };
  const request = useMutation(trpc.broadcast.requestApproval.mutationOptions({ onSuccess: renew, onError }));
  const decision = useMutation(trpc.broadcast.decideApproval.mutationOptions({ onSuccess: renew, onError }));
  return {
    isAsking: request.isPending, ask: () => request.mutate({ id }),
    isDeciding: decision.isPending,
    decide: (approvalId: string, word: 'approved' | 'rejected', note?: string) => decision.mutateAsync({ approvalId, decision: word, ...(note ? { note } : {}) }),
  };
}
