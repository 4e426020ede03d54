'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent, type ReactNode } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayErase } from '#components/account/use-may-write.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { ErasureView } from '#server/domain/person/schema.ts';
import { nameOf } from './words.ts';

/** For good: what goes and what stays is told in numbers, and the last digits are typed. */
export function EraseContact({ contact, trigger }: { contact: ContactView; trigger: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  if (!useMayErase()) return null;
  return (
    <Dialog title={`Erase ${nameOf(contact)} for good?`} description="Nothing brings them back. To only take them off your lists, delete them instead." open={isOpen} onOpenChange={setOpen} trigger={trigger}>
      {isOpen ? <EraseForm contact={contact} /> : null}
    </Dialog>
  );
}

function EraseForm({ contact }: { contact: ContactView }) {
  const trpc = useTRPC();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const { data } = useQuery({ ...trpc.contact.readErasure.queryOptions({ id: contact.id }), staleTime: 0 });
  const erase = useErase(contact, (error) => setErrors(formErrors(error)));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    erase.mutate({ id: contact.id, confirmation: String(new FormData(event.currentTarget).get('confirmation') ?? '') });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      {data ? <Consequences view={data} /> : <p className="text-muted-foreground">Counting what would go…</p>}
      <Field id="confirmation" label={contact.phone ? 'Type the last four digits of their number' : 'Type “erase”'} error={errorFor(errors, 'confirmation')}>
        <Input name="confirmation" autoComplete="off" className="w-32 font-mono" maxLength={20} {...(contact.phone && { inputMode: 'numeric' as const })} />
      </Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Keep them</Button></DialogClose>
        <Button type="submit" variant="destructive" loading={erase.isPending}>Erase for good</Button>
      </div>
    </form>
  );
}

function useErase(contact: ContactView, onError: (error: unknown) => void) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation(trpc.contact.erase.mutationOptions({
    onSuccess: () => {
      notify.success('Erased. Nothing here tells of them any more.');
      router.push('/contacts');
      void queryClient.invalidateQueries(trpc.contact.list.pathFilter());
      void queryClient.invalidateQueries(trpc.audience.pathFilter());
      queryClient.removeQueries(trpc.contact.read.queryFilter({ id: contact.id }));
    },
    onError,
  }));
}

const some = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

function Consequences({ view }: { view: ErasureView }) {
  const { conversations, chatMessages, activities, consentEvents, lists } = view;
  const counted: Array<[count: number, words: string]> = [
    [conversations, some(conversations, 'conversation')], [chatMessages, some(chatMessages, 'message or note in them', 'messages and notes in them')], [activities, some(activities, 'entry of their history', 'entries of their history')],
    [consentEvents, some(consentEvents, 'entry of consent', 'entries of consent')], [lists, `Their place on ${some(lists, 'list')}`],
  ];
  const goes = counted.flatMap(([count, words]) => (count > 0 ? [words] : []));
  return (
    <div className="grid gap-3 text-body">
      <div><h3 className="font-medium">Goes</h3><ul className="list-disc pl-5"><li>Name, number, e-mail and all fields</li>{goes.map((each) => <li key={each}>{each}</li>)}{view.waiting > 0 ? <li>{some(view.waiting, 'message')} waiting to be sent: skipped</li> : null}</ul></div>
      <div><h3 className="font-medium">Stays</h3><ul className="list-disc pl-5">
        <li>{some(view.deliveries, 'sent message')} in counts and costs, without number and text</li>
        {view.keepsHash ? <li>A keyed hash of the number: if it comes back with an import, it stays suppressed</li> : null}
        <li>What Twilio keeps in its own log; delete it there if you must</li>
      </ul></div>
    </div>
  );
}
