'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { notify } from '#components/ui/notify.ts';
import type { SavedFilterView } from '#server/domain/audience/schema.ts';
import { completeOf, groupsFrom, lackOf, type EditedGroup } from './condition.ts';
import { conditionId } from './filter-groups.tsx';

/** The conditions on the screen. They are saved by a button and not by themselves: a scheduled broadcast may use the filter meanwhile. */
export function useFilterDraft(filter: SavedFilterView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [groups, setGroups] = useState<EditedGroup[]>(() => groupsFrom(filter.definition));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.audience.updateFilter.mutationOptions({
    onSuccess: async (saved) => {
      queryClient.setQueryData(trpc.audience.readFilter.queryKey({ id: saved.id }), saved);
      await Promise.all([queryClient.invalidateQueries(trpc.audience.filters.pathFilter()), queryClient.invalidateQueries(trpc.broadcast.preview.pathFilter()), queryClient.invalidateQueries(trpc.contact.list.pathFilter())]);
    },
  }));
  const isChanged = JSON.stringify(completeOf(groups)) !== JSON.stringify(completeOf(groupsFrom(filter.definition))) || lacksOf(groups).length > 0;
  useAskBeforeLeaving(isChanged);

  /** Whether everything on the screen is saved now. */
  const save = async (): Promise<boolean> => {
    const lacks = lacksOf(groups);
    setErrors(lacks);
    if (lacks.length > 0) return false;
    if (!isChanged) return true;
    try {
      await update.mutateAsync({ id: filter.id, definition: completeOf(groups) });
      notify.success('Filter saved.');
      return true;
    } catch (error) {
      setErrors(formErrors(error).map(({ message }) => ({ message })));
      return false;
    }
  };
  return {
    groups, isChanged, save, isSaving: update.isPending,
    /** What is mended loses its line; the others stay until the next try. */
    errors: errors.filter((error) => error.field === undefined || lacksOf(groups).some(({ field }) => field === error.field)).length === 0 ? NO_ERRORS : errors,
    setGroups,
  };
}

const NO_ERRORS: FieldError[] = [];

const lacksOf = (groups: readonly EditedGroup[]): FieldError[] => groups.flatMap((group, at) => group.conditions.flatMap((edited, index) => {
  const lack = lackOf(edited.condition);
  return lack ? [{ field: conditionId(group, edited), message: `Condition ${index + 1} of group ${at + 1}: ${lack}` }] : [];
}));

function useAskBeforeLeaving(isChanged: boolean) {
  useEffect(() => {
    if (!isChanged) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    return () => window.removeEventListener('beforeunload', onUnload);
  }, [isChanged]);
}
