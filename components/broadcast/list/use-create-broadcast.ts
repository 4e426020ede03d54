'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { formatDay } from '#components/format/time.ts';
import { useTRPC } from '#components/trpc/client.tsx';

/** Makes a draft named after the day and opens its editor. `replace`: the page that asks is no place to come back to. */
export function useCreateBroadcast({ replace = false } = {}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const create = useMutation(trpc.broadcast.create.mutationOptions({
    onSuccess: (draft) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id: draft.id }), draft);
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router[replace ? 'replace' : 'push'](`/broadcasts/${draft.id}`);
    },
  }));
  const start = () => {
    if (!create.isPending) create.mutate({ broadcastName: `SMS, ${formatDay(new Date())}`, channel: 'sms' });
  };
  // Busy until the editor is there.
  return { start, isBusy: create.isPending || create.isSuccess, error: create.error };
}
