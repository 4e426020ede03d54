'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { formErrors } from '#components/account/form-errors.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

/** The button and its dialog; opens the list that was made. Not for those who may only look. */
export function NewList() {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMayWrite();
  useShortcut('n', 'New list', mayWrite ? () => setOpen(true) : null);
  if (!mayWrite) return null;
  return (
    <Dialog title="New list" open={isOpen} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus aria-hidden />}>New list</Button>}>
      {isOpen ? <NewListForm /> : null}
    </Dialog>
  );
}

function NewListForm() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const create = useMutation(trpc.audience.createList.mutationOptions({
    onSuccess: (list) => {
      router.push(`/lists/${list.slug}`);
      void queryClient.invalidateQueries(trpc.audience.lists.pathFilter());
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const slug = String(form.get('slug') ?? '').trim();
    create.mutate({ name: String(form.get('name') ?? ''), ...(slug ? { slug } : {}) });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="name" label="Name" error={errorFor(errors, 'name')}><Input name="name" autoComplete="off" maxLength={100} /></Field>
      <Field id="slug" label="Slug" optional hint="How the API names the list, like sms-promotions. Left empty, it is made of the name." error={errorFor(errors, 'slug')}>
        <Input name="slug" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={100} className="font-mono" />
      </Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={create.isPending || create.isSuccess}>Make list</Button>
      </div>
    </form>
  );
}
