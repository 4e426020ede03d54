'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { formatCount } from '#components/format/number.ts';
import { notify } from '#components/ui/notify.ts';
import { Switch } from '#components/ui/switch.tsx';
import { problemMessage } from '#components/broadcast/problem.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { DeparturesView } from '#server/domain/time-zone/schema.ts';

type QuietSwitchProps = { broadcast: Pick<BroadcastView, 'id' | 'status' | 'ignoresQuietHours'>; view: Pick<DeparturesView, 'quietFrom' | 'quietTo' | 'quietPeople'> };

/** What the quiet hours do to this broadcast, and the switch for the few texts that may come at night. Nothing when the organisation has none. */
export function QuietSwitch({ broadcast, view }: QuietSwitchProps) {
  const { isIgnored, set, isSaving } = useIgnoring(broadcast);
  if (!view.quietFrom || !view.quietTo) return null;
  const hours = `${view.quietFrom} to ${view.quietTo}, by the clock where each person is`;
  const waiting = view.quietPeople > 0 ? ` ${formatCount(view.quietPeople, 'person waits', 'people wait')} for the end of theirs.` : ' Nobody has to wait.';
  if (broadcast.status !== 'draft') return <p className="text-body text-muted-foreground">{isIgnored ? `Sent in quiet hours too (${hours}).` : `Quiet hours: ${hours}.${waiting}`}</p>;
  return (
    <Switch
      label="Send in quiet hours too"
      hint={isIgnored
        ? `People may get it at night. Quiet hours are ${hours}.`
        : `Quiet hours are ${hours}.${waiting} Switch this on only for what cannot wait: one-time codes, urgent notices.`}
      checked={isIgnored}
      disabled={isSaving}
      onCheckedChange={set}
    />
  );
}

function useIgnoring({ id, ignoresQuietHours }: QuietSwitchProps['broadcast']) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const update = useMutation(trpc.broadcast.update.mutationOptions({
    onSuccess: (broadcast) => {
      queryClient.setQueryData(trpc.broadcast.read.queryKey({ id }), broadcast);
      return Promise.all([queryClient.invalidateQueries(trpc.broadcast.departures.pathFilter()), queryClient.invalidateQueries(trpc.broadcast.preview.queryFilter({ id }))]);
    },
    onError: (error) => notify.error(problemMessage(error)),
  }));
  return {
    isIgnored: update.isPending ? update.variables.ignoresQuietHours ?? ignoresQuietHours : ignoresQuietHours,
    isSaving: update.isPending, set: (value: boolean) => update.mutate({ id, ignoresQuietHours: value }),
  };
}
