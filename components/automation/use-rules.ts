'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { announce } from '#components/layout/announcer.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { RuleView } from '#server/domain/automation/schema.ts';

/** Everything that shows rules is asked for again: flags and predictions of one hang on the others. */
export function useRefreshRules() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries(trpc.automation.pathFilter());
}

/** What is done with a rule in the list; all of it can be taken back but the deletion. */
export function useRuleActs(rules: readonly RuleView[]) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefreshRules();
  const reorder = useMutation(trpc.automation.reorder.mutationOptions({ onError: (error) => { notify.error('The rule was not moved', { description: problemMessage(error) }); void refresh(); } }));
  const update = useMutation(trpc.automation.update.mutationOptions({ onSuccess: refresh, onError: (error) => notify.error('The rule was not changed', { description: problemMessage(error) }) }));
  const moveTo = (rule: RuleView, place: number, onDone?: () => void) => {
    const ids = rules.map(({ id }) => id).filter((id) => id !== rule.id).toSpliced(place, 0, rule.id);
    reorder.mutate({ ids }, { onSuccess: (moved) => {
      queryClient.setQueryData(trpc.automation.list.queryKey(), moved);
      announce(`${rule.name} is asked as number ${place + 1} of ${rules.length}`);
      onDone?.();
      void refresh();
    } });
  };
  const setEnabled = ({ id, name }: RuleView, isEnabled: boolean) => update.mutate({ id, isEnabled }, { onSuccess: () => announce(`${name} is ${isEnabled ? 'on' : 'off'}`) });
  return { moveTo, setEnabled, isMoving: reorder.isPending };
}
