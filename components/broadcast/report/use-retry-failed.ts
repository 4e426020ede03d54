'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';

/** Makes a draft for those who failed and opens it. */
export function useRetryFailed() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation(trpc.broadcast.retryFailed.mutationOptions({
    onSuccess: (draft) => {
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router.push(`/broadcasts/${draft.id}`);
      notify.success('A draft for those who failed: nothing is sent yet');
    },
    onError: (error) => notify.error('Not prepared', { description: problemMessage(error) }),
  }));
}
