'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';

type Changes = { stageSize?: number | null; budget?: string | null };

/** Changes a rule of the draft from the review; the checks and the cost are worked out again. */
export function useUpdate(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Of our own: what the mutation knows arrives a moment after the event, and React would put the radio back until then.
  const [chosen, setChosen] = useState<Changes>({});
  const { mutate, isPending } = useMutation(trpc.broadcast.update.mutationOptions({
    onSuccess: (broadcast) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id }), broadcast);
      return queryClient.invalidateQueries(trpc.broadcast.preview.queryFilter({ id }));
    },
    onError: (error) => notify.error('Not saved', { description: problemMessage(error) }),
    scope: { id: `review ${id}` }, // one after the other: an earlier choice must not arrive last
  }));
  return {
    isSaving: isPending,
    /** What was chosen a moment ago, until the server has it. */
    chosen,
    update: (changes: Changes) => {
      setChosen({ ...chosen, ...changes });
      mutate({ id, ...changes }, { onSettled: () => setChosen({}) });
    },
  };
}
