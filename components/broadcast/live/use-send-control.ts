'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { announce } from '#components/layout/announcer.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';

/** Pause, resume, stop, and what belongs to a hold and a budget; the page shows the answer at once. */
export function useSendControl(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shared = (done: string, notDone: string) => ({
    networkMode: 'always' as const,
    onSuccess: (broadcast: BroadcastView) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id }), broadcast);
      void queryClient.invalidateQueries(trpc.broadcast.progress.queryFilter({ id }));
      void queryClient.invalidateQueries(trpc.broadcast.report.queryFilter({ id }));
      void queryClient.invalidateQueries(trpc.broadcast.list.pathFilter());
      void queryClient.invalidateQueries(trpc.broadcast.budgetState.pathFilter());
      announce(done);
    },
    onError: (error: unknown) => {
      notify.error(notDone, { description: problemMessage(error) });
      void queryClient.invalidateQueries(trpc.broadcast.read.queryFilter({ id }));
    },
  });
  const pause = useMutation(trpc.broadcast.pause.mutationOptions(shared('Paused', 'Not paused')));
  const resume = useMutation(trpc.broadcast.resume.mutationOptions(shared('Sending goes on', 'Not resumed')));
  const stop = useMutation(trpc.broadcast.cancel.mutationOptions(shared('Stopped', 'Not stopped')));
  const release = useMutation(trpc.broadcast.release.mutationOptions(shared('Sending now', 'Not sent yet')));
  const budget = useMutation(trpc.broadcast.setBudget.mutationOptions(shared('The budget is changed', 'The budget is not changed')));
  return {
    pause: () => pause.mutate({ id }),
    resume: () => resume.mutate({ id }),
    sendMore: (more: number) => resume.mutate({ id, more }),
    stop: () => stop.mutateAsync({ id }),
    release: () => release.mutate({ id }),
    raiseAndResume: (amount: string) => budget.mutate({ id, budget: amount }, { onSuccess: () => resume.mutate({ id }) }),
    isBusy: pause.isPending || resume.isPending || stop.isPending || release.isPending || budget.isPending,
  };
}
