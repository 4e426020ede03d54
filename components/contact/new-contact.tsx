'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { TRPCClientError } from '@trpc/client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import type { AppRouter } from '#server/api/root.ts';
import { ContactForm, type ContactValues } from './contact-form.tsx';
import { nameOf } from './words.ts';

/** The button and its dialog; not for those who may only look. */
export function NewContact({ isSecond = false }: { isSecond?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const mayWrite = useMayWrite();
  useShortcut('n', 'New contact', mayWrite ? () => setOpen(true) : null);
  if (!mayWrite) return null;
  return (
    <Dialog
      title="New contact"
      description="Adding somebody sends nothing."
      size="md"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button variant={isSecond ? 'secondary' : 'primary'} icon={<Plus aria-hidden />}>New contact</Button>}
    >
      {isOpen ? <NewContactForm onDone={() => setOpen(false)} /> : null}
    </Dialog>
  );
}

function NewContactForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [list, setList] = useState('');
  const { data: lists = [] } = useQuery(trpc.audience.lists.queryOptions());
  const create = useMutation(trpc.contact.create.mutationOptions({
    onSuccess: async (contact) => {
      notify.success(`${nameOf(contact)} was added.`);
      onDone();
      await Promise.all([queryClient.invalidateQueries(trpc.contact.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]);
    },
  }));
  const submit = (values: ContactValues) => create.mutateAsync({ ...onlyFilled(values), lists: list ? [list] : [] });
  return (
    <ContactForm submitLabel="Add contact" onSubmit={submit} afterError={<Existing error={create.error} />}>
      {lists.length > 0 ? (
        <Field label="List" optional className="sm:col-span-2">
          <Select value={list} onChange={(event) => setList(event.target.value)}>
            <option value="">No list</option>
            {lists.map(({ id, slug, name }) => <option key={id} value={slug}>{name}</option>)}
          </Select>
        </Field>
      ) : null}
    </ContactForm>
  );
}

const onlyFilled = (values: ContactValues): Partial<ContactValues> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** The way to the contact who has the number. */
export function Existing({ error }: { error: unknown }) {
  const problem = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.problem : null;
  const id = problem?.code === 'already_exists' ? problem.data.contactId : null;
  if (typeof id !== 'string') return null;
  const name = typeof problem?.data.name === 'string' ? problem.data.name : 'the contact';
  return <p className="text-body"><Link href={`/contacts/${id}`} className="text-link underline underline-offset-3">Open {name}</Link></p>;
}
