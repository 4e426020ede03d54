'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { FieldError } from '#components/ui/error-summary.tsx';
import type { UpdateOrganizationInput } from '#server/domain/organization/schema.ts';
import { formErrors } from './form-errors.ts';

/** One field of a form by its name, trimmed; empty when there is none. */
export type FormText = (name: string) => string;

/** Saves a form about the organisation. `read` makes the change of it, or the faults that stand against it. */
export function useUpdateOrganization({ read, onSaved }: { read: (text: FormText) => UpdateOrganizationInput | FieldError[]; onSaved: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.organization.update.mutationOptions({
    onSuccess: (organization) => {
      setErrors([]);
      queryClient.setQueryData(trpc.organization.read.queryKey(), organization);
      onSaved();
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (update.isPending) return;
    const data = new FormData(event.currentTarget);
    const change = read((name) => String(data.get(name) ?? '').trim());
    if (Array.isArray(change)) setErrors(change); else update.mutate(change);
  }
  return { save, errors, isSaving: update.isPending };
}
