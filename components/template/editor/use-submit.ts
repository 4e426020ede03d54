'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { notify } from '#components/ui/notify.ts';
import type { TemplateFault } from '#server/channels/whatsapp/rules/fault.ts';
import type { VersionView } from '#server/domain/template/schema.ts';
import { controlOf } from './select-place.ts';
import type { EditedTemplate } from './use-template-draft.ts';

const NONE: FieldError[] = [];

/** P57: saves and submits; a rule that is broken is named in the form, with its place, and nothing is asked of Twilio. */
export function useSubmit(version: VersionView, draft: EditedTemplate, faults: readonly TemplateFault[] | null) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutateAsync } = useMutation(trpc.template.submit.mutationOptions());
  const [errors, setErrors] = useState<FieldError[]>(NONE);
  const [isBusy, setBusy] = useState(false);
  const broken = (faults ?? []).filter(({ severity }) => severity === 'error').map(({ place, message }): FieldError => ({ field: controlOf(place), message }));

  const run = async () => {
    if (!(await draft.save())) return setErrors([{ message: 'Your last change is not saved yet. Nothing is lost; try again in a moment.' }]);
    try {
      const submitted = await mutateAsync({ id: version.id });
      notify.success('Submitted. Meta reads it now.');
      for (const queries of [trpc.template.list.pathFilter(), trpc.template.read.pathFilter()]) void queryClient.invalidateQueries(queries);
      queryClient.setQueryData(trpc.template.readVersion.queryKey({ id: version.id }), submitted);
    } catch (error) { setErrors([{ message: problemMessage(error) }]); }
  };
  const submit = async () => {
    if (isBusy || faults === null) return;
    setErrors(broken.length > 0 ? broken : NONE);
    if (broken.length > 0) return;
    setBusy(true);
    await run().finally(() => setBusy(false));
  };
  // What is mended loses its mark at once; the summary stays one and the same list, or it would take the focus while somebody types.
  const isOpen = (error: FieldError) => error.field === undefined || broken.some((other) => other.field === error.field && other.message === error.message);
  const open = errors.filter(isOpen);
  return { submit: () => void submit(), isBusy, errors: open.length > 0 ? errors : NONE, errorOf: (control: string) => open.find(({ field }) => field === control)?.message };
}
