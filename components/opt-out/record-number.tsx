'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';

/** Somebody said it on the phone, or in a letter: the number needs no contact. */
export function RecordNumber() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog title="Record an opt-out" description="From the next moment on nothing goes to this number, and Twilio is told." open={isOpen} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<BellOff aria-hidden />}>Record an opt-out</Button>}>
      {isOpen ? <RecordForm onDone={() => setOpen(false)} /> : null}
    </Dialog>
  );
}

function RecordForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const { data: senders = [] } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const record = useMutation(trpc.optOut.record.mutationOptions({
    onSuccess: async ({ phone, sender, isNew }) => {
      notify.success(isNew ? `${formatPhone(phone)} gets nothing more${sender ? ` from ${formatPhone(sender)}` : ''}.` : `${formatPhone(phone)} had left already.`);
      onDone();
      await Promise.all([queryClient.invalidateQueries(trpc.optOut.pathFilter()), queryClient.invalidateQueries(trpc.contact.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]);
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => { const value = given.get(name); return typeof value === 'string' ? value.trim() : ''; };
    setErrors([]);
    record.mutate({ phone: text('phone'), sender: text('sender') || undefined, note: text('note') });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="phone" label="Phone number" error={errorFor(errors, 'phone')}><Input name="phone" type="tel" autoComplete="off" maxLength={40} /></Field>
      <Field id="sender" label="They want nothing more from" error={errorFor(errors, 'sender')}>
        <Select name="sender" defaultValue="">
          <option value="">All our senders</option>
          {senders.map(({ id, address }) => <option key={id} value={address}>Only {formatPhone(address)}</option>)}
        </Select>
      </Field>
      <Field id="note" label="How do you know?" optional hint="Like “said so on the phone, 3 May”. It is kept as proof." error={errorFor(errors, 'note')}><Input name="note" autoComplete="off" maxLength={500} /></Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={record.isPending}>Record opt-out</Button>
      </div>
    </form>
  );
}
