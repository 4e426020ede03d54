'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';

/** Takes those who failed off the lists of the broadcast and tags them. */
export function useRemoveFailed() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(trpc.broadcast.removeFailed.mutationOptions({
    onSuccess: ({ removed, tagged }) => {
      void queryClient.invalidateQueries(trpc.audience.pathFilter());
      void queryClient.invalidateQueries(trpc.contact.pathFilter());
      notify.success(`${formatCount(removed, 'person', 'people')} removed from the list`, { description: tagged === 0 ? 'All carried the tag “undeliverable” already.' : `${formatCount(tagged, 'contact')} got the tag “undeliverable”.` });
    },
    onError: (error) => notify.error('Nobody was removed', { description: problemMessage(error) }),
  }));
}
