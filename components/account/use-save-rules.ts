'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import { notify } from '#components/ui/notify.ts';
import { formErrors } from './form-errors.ts';

/** Saves the form of the sending rules; an empty field takes its rule away. */
export function useSaveRules() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.organization.update.mutationOptions({
    onSuccess: (organization) => {
      setErrors([]);
      queryClient.setQueryData(trpc.organization.read.queryKey(), organization);
      void queryClient.invalidateQueries(trpc.broadcast.pathFilter());
      notify.success('Saved. The rules hold from the next message on.');
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (update.isPending) return;
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const wrong = wholeNumbers.filter(({ field }) => text(field) !== '' && !/^\d{1,8}$/.test(count(text(field))));
    if (wrong.length > 0) return setErrors(wrong);
    const number = (name: string) => (text(name) === '' ? null : Number(count(text(name))));
    update.mutate({
      quietFrom: text('quietFrom') || null, quietTo: text('quietTo') || null, frequencyCapHours: number('frequencyCapHours'),
      approvalRecipients: number('approvalRecipients'), approvalAmount: text('approvalAmount') || null, optOutLine: text('optOutLine'),
    });
  }
  return { save, errors, isSaving: update.isPending };
}

/** 5,000 and 5 000 are numbers too. */
const count = (text: string) => text.replace(/[\s,]/g, '');
const wholeNumbers = [
  { field: 'frequencyCapHours', message: 'Enter hours, 1 to 720.' },
  { field: 'approvalRecipients', message: 'Enter a number of people, like 5000.' },
];
