'use client';

import type { FormEvent } from 'react';
import { Button } from './button.tsx';
import { DialogClose } from './dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from './error-summary.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

type NameFormProps = { name?: string; maxLength?: number; submitLabel: string; errors: FieldError[]; isPending: boolean; onSubmit: (name: string) => void };

/** The inside of a dialog that asks for a name, and nothing else. */
export function NameForm({ name, maxLength = 100, submitLabel, errors, isPending, onSubmit }: NameFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(String(new FormData(event.currentTarget).get('name') ?? ''));
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="name" label="Name" error={errorFor(errors, 'name')}><Input name="name" autoComplete="off" defaultValue={name} maxLength={maxLength} /></Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={isPending}>{submitLabel}</Button>
      </div>
    </form>
  );
}
