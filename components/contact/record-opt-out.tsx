'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { channelNames } from '#components/format/channel.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { useChangedPerson } from './use-changed-person.ts';
import { nameOf } from './words.ts';

/** Somebody told a colleague that they want no more messages. A slip can be taken back for ten seconds; what people decide themselves cannot. */
export function RecordOptOut({ contact }: { contact: ContactView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog title={`Opt ${nameOf(contact)} out`} description="At once, also from broadcasts that are being sent. Only a new consent brings them back." open={isOpen} onOpenChange={setOpen} trigger={<Button size="sm" icon={<BellOff aria-hidden />}>Opt out</Button>}>
      {isOpen ? <OptOutForm contact={contact} onDone={() => setOpen(false)} /> : null}
    </Dialog>
  );
}

function OptOutForm({ contact, onDone }: { contact: ContactView; onDone: () => void }) {
  const trpc = useTRPC();
  const { data: senders = [] } = useQuery({ ...trpc.twilioAccount.senders.queryOptions(), enabled: contact.phone !== null });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const optOut = useOptOut(contact, onDone, (error) => setErrors(formErrors(error)));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const sender = String(form.get('scope') ?? '');
    optOut.mutate({ id: contact.id, note: String(form.get('note') ?? ''), ...(sender && { sender }) });
  };
  const options = [{ value: '', label: 'Everything', hint: 'From all of our numbers and senders.' }, ...senders.map(({ address, channel }) => ({ value: address, label: `Only from ${formatPhone(address)}`, hint: channelNames[channel] }))];
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <RadioGroup legend="What do they not want any more?" name="scope" options={options} defaultValue="" />
      <Field id="note" label="What did they say?" optional hint="Like “asked on the phone, 3 May”. It is kept as proof."><Input name="note" autoComplete="off" maxLength={500} /></Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={optOut.isPending}>Opt out</Button>
      </div>
    </form>
  );
}

function useOptOut(contact: ContactView, onDone: () => void, onError: (error: unknown) => void) {
  const trpc = useTRPC();
  const changed = useChangedPerson(contact.id);
  const undo = useMutation(trpc.contact.undoOptOut.mutationOptions({
    onSuccess: async () => { notify.success('Taken back. The history says that it was a slip.'); await changed(); },
    onError: (error) => notify.error('It was not taken back', { description: problemMessage(error) }),
  }));
  return useMutation(trpc.contact.optOut.mutationOptions({
    onSuccess: async ({ eventId }, { sender }) => {
      onDone();
      const message = sender ? `${nameOf(contact)} gets nothing more from ${formatPhone(sender)}.` : `${nameOf(contact)} gets no more broadcasts.`;
      notify.success(message, eventId ? { description: 'A slip of yours? Take it back within ten seconds.', undo: () => undo.mutate({ id: contact.id, eventId }) } : {});
      await changed();
    },
    onError,
  }));
}
