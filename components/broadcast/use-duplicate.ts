'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import { problemMessage } from './problem.ts';

/** Makes a draft of a broadcast's text, sender and lists, and opens it. */
export function useDuplicate() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation(trpc.broadcast.duplicate.mutationOptions({
    onSuccess: (copy) => {
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router.push(`/broadcasts/${copy.id}`);
      notify.success('Duplicated: this is a draft of its own');
    },
    onError: (error) => notify.error('Not duplicated', { description: problemMessage(error) }),
  }));
}
