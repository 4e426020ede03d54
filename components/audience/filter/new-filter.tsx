'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent, type ReactNode } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { FilterDefinition, SavedFilterView } from '#server/domain/audience/schema.ts';

const EVERYBODY: FilterDefinition = { groups: [] };

/** The button and its dialog; opens the filter that was made. Not for those who may only look. */
export function NewFilter() {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMayWrite();
  const router = useRouter();
  useShortcut('n', 'New filter', mayWrite ? () => setOpen(true) : null);
  if (!mayWrite) return null;
  return (
    <Dialog title="New filter" description="The conditions come next." open={isOpen} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus aria-hidden />}>New filter</Button>}>
      {isOpen ? <FilterNameForm definition={EVERYBODY} submitLabel="Make filter" onMade={({ id }) => router.push(`/filters/${id}`)} /> : null}
    </Dialog>
  );
}

type FilterNameFormProps = { definition: FilterDefinition; submitLabel: string; onMade: (filter: SavedFilterView) => void; children?: ReactNode };

/** Names a question and stores it. */
export function FilterNameForm({ definition, submitLabel, onMade, children }: FilterNameFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const create = useMutation(trpc.audience.createFilter.mutationOptions({
    onSuccess: (filter) => {
      queryClient.setQueryData(trpc.audience.readFilter.queryKey({ id: filter.id }), filter);
      onMade(filter);
      void queryClient.invalidateQueries(trpc.audience.filters.pathFilter());
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    create.mutate({ name: String(new FormData(event.currentTarget).get('name') ?? ''), definition });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      {children}
      <Field id="name" label="Name" error={errorFor(errors, 'name')}><Input name="name" autoComplete="off" maxLength={100} /></Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={create.isPending || create.isSuccess}>{submitLabel}</Button>
      </div>
    </form>
  );
}
