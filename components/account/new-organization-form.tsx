'use client';

import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { formErrors } from './form-errors.ts';
import { useBrowserTimeZone } from './time-zone.ts';

export function NewOrganizationForm() {
  const trpc = useTRPC();
  const timeZone = useBrowserTimeZone();
  const create = useMutation(trpc.organization.create.mutationOptions({ onSuccess: () => window.location.assign('/') }));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    create.mutate({ name: String(new FormData(event.currentTarget).get('name') ?? ''), timeZone: timeZone ?? 'UTC' });
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4">
      <Field label="Name" error={create.error ? formErrors(create.error)[0]?.message : undefined}>
        <Input name="name" autoComplete="organization" />
      </Field>
      <Button type="submit" variant="primary" loading={create.isPending} className="justify-self-end">Create organisation</Button>
    </form>
  );
}
