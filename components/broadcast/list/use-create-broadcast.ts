'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { formatDay } from '#components/format/time.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { CreateBroadcastInput } from '#server/domain/broadcast/schema.ts';

/**
 * Makes a draft named after the day, with the organisation's opt-out line, and opens its editor. `replace`: the page that asks is no place to come
 * back to.
 */
export function useCreateBroadcast({ replace = false } = {}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { mutateAsync } = useMutation(trpc.broadcast.create.mutationOptions());
  const create = useMutation({
    mutationFn: async (wishes: Partial<CreateBroadcastInput>) => {
      const { optOutLine } = await queryClient.ensureQueryData(trpc.organization.read.queryOptions());
      return mutateAsync({ broadcastName: `SMS, ${formatDay(new Date())}`, channel: 'sms', optOutLine, ...wishes });
    },
    onSuccess: (draft) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id: draft.id }), draft);
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      router[replace ? 'replace' : 'push'](`/broadcasts/${draft.id}`);
    },
  });
  const startWith = (wishes: Partial<CreateBroadcastInput>) => {
    if (!create.isPending) create.mutate(wishes);
  };
  // Busy until the editor is there.
  return { start: () => startWith({}), startWith, isBusy: create.isPending || create.isSuccess, error: create.error };
}
