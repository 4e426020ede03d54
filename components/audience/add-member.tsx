'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ListView } from '#server/domain/audience/schema.ts';

/** Adds one person by number; an unknown number becomes a contact. */
export function AddMember({ list }: { list: ListView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [phone, setPhone] = useState('');
  const [problem, setProblem] = useState<string>();
  const add = useMutation(trpc.audience.addMembers.mutationOptions({
    onSuccess: async ({ added }) => {
      setPhone('');
      setProblem(undefined);
      if (added > 0) notify.success(`${phone} was added.`);
      else notify.info(`${phone} is in this list already.`);
      await Promise.all([queryClient.invalidateQueries(trpc.audience.pathFilter()), queryClient.invalidateQueries(trpc.contact.pathFilter())]);
    },
    onError: (error) => setProblem(formErrors(error)[0]?.message),
  }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ list: list.id, members: [{ phone }] });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="mb-4 flex items-end gap-2">
      <Field label="Add by phone number" error={problem} className="w-full sm:w-80">
        <div className="flex gap-2">
          <Input type="tel" autoComplete="off" placeholder="+1 202 555 0123" maxLength={40} value={phone} onChange={(event) => setPhone(event.target.value)} />
          <Button type="submit" icon={<UserPlus aria-hidden />} loading={add.isPending}>Add</Button>
        </div>
      </Field>
    </form>
  );
}
