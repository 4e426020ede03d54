'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayOptOut, useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { nameOf, optOutReason } from './words.ts';

/** May this person be written to, and if not, why. */
export function OptOut({ contact }: { contact: ContactView }) {
  const mayOptOut = useMayOptOut();
  if (contact.optedOut) return <OptedOut contact={contact} />;
  return (
    <Card title="Messages" actions={mayOptOut ? <RecordOptOut contact={contact} /> : undefined}>
      {contact.phone
        ? <><Status family="success">Not opted out</Status><p className="mt-2 text-table text-muted-foreground">Broadcasts reach this person. When they text STOP, this changes by itself.</p></>
        : <><Status family="warning">No phone number</Status><p className="mt-2 text-table text-muted-foreground">Broadcasts skip this person until there is one.</p></>}
    </Card>
  );
}

function OptedOut({ contact }: { contact: ContactView }) {
  const mayWrite = useMayWrite();
  const isTheirOwn = contact.optedOutSource === 'keyword' || contact.optedOutSource === 'provider';
  return (
    <Card title="Messages" actions={mayWrite ? <NewConsent contact={contact} /> : undefined}>
      <Status family="optOut">Opted out</Status>
      <p className="mt-2">{optOutReason(contact.optedOutSource)} {contact.optedOutAt ? <span className="text-muted-foreground"><Time value={contact.optedOutAt} mode="absolute" /></span> : null}</p>
      <p className="mt-1 text-table text-muted-foreground">Every broadcast skips this person.{isTheirOwn ? ' Twilio blocks messages to them too, until they text START.' : ''}</p>
    </Card>
  );
}

function useUpdate(onSaved: () => void, onError?: (error: unknown) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(trpc.contact.update.mutationOptions({
    onSuccess: async (changed) => {
      queryClient.setQueryData(trpc.contact.read.queryKey({ id: changed.id }), changed);
      onSaved();
      await Promise.all([queryClient.invalidateQueries(trpc.contact.timeline.pathFilter()), queryClient.invalidateQueries(trpc.contact.list.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]);
    },
    onError: onError ?? ((error) => notify.error('Nothing was changed', { description: problemMessage(error) })),
  }));
}

/** At once: whoever asks to be left alone is, and a wrong click is put right with a consent note. */
function RecordOptOut({ contact }: { contact: ContactView }) {
  const update = useUpdate(() => notify.success(`${nameOf(contact)} gets no more broadcasts.`));
  return <Button size="sm" icon={<BellOff aria-hidden />} loading={update.isPending} onClick={() => update.mutate({ id: contact.id, optedOut: true })}>Opt out</Button>;
}

/** D10: only a consent that says where it comes from brings somebody back. */
function NewConsent({ contact }: { contact: ContactView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title="Record a new consent"
      description={`${nameOf(contact)} opted out. Broadcasts may reach them again only if they have agreed anew since.`}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">New consent</Button>}
    >
      {isOpen ? <ConsentForm contact={contact} onDone={() => setOpen(false)} /> : null}
    </Dialog>
  );
}

function ConsentForm({ contact, onDone }: { contact: ContactView; onDone: () => void }) {
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useUpdate(() => { notify.success('The new consent was recorded.'); onDone(); }, (error) => setErrors(formErrors(error)));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const consentSource = String(new FormData(event.currentTarget).get('consentSource') ?? '').trim();
    update.mutate({ id: contact.id, optedOut: false, consentSource });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="consentSource" label="Where does it come from?" hint="Like “signed a card in the shop, 3 May”. It is kept as proof." error={errorFor(errors, 'consentSource')}>
        <Input name="consentSource" autoComplete="off" maxLength={200} />
      </Field>
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={update.isPending}>Record consent</Button>
      </div>
    </form>
  );
}
