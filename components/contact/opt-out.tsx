'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useMayOptOut, useMayWrite } from '#components/account/use-may-write.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { ChannelMark } from '#components/conversation/channel-mark.tsx';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import type { Family } from '#components/ui/family.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { ConsentEventView, ConsentView } from '#server/domain/person/schema.ts';
import { RecordOptOut } from './record-opt-out.tsx';
import { useChangedPerson } from './use-changed-person.ts';
import { consentSourceWords, nameOf, optOutReason } from './words.ts';

type OnChannel = ConsentView['channels'][number];

/** What the person agreed to or left, per channel: ours, and what Twilio holds against it. */
export function OptOut({ contact }: { contact: ContactView }) {
  const trpc = useTRPC();
  const [mayOptOut, mayWrite] = [useMayOptOut(), useMayWrite()];
  const { data, error } = useQuery(trpc.contact.consent.queryOptions({ id: contact.id }));
  const actions = <>{mayOptOut && !contact.optedOut ? <RecordOptOut contact={contact} /> : null}{mayWrite ? <NewConsent contact={contact} /> : null}</>;
  return (
    <Card isFlush title="Consent" actions={actions}>
      {error ? <p role="alert" className="p-4">{problemMessage(error)}</p> : data ? <ul className="divide-y">{data.channels.map((each) => <Channel key={each.channel} given={each} source={contact.optedOutSource} />)}</ul> : <SkeletonRows label="Reading the consent" rows={2} />}
    </Card>
  );
}

const states: Record<OnChannel['state'], { word: string; family: Family }> = {
  subscribed: { word: 'Subscribed', family: 'success' }, opted_out: { word: 'Opted out', family: 'optOut' }, left_sender: { word: 'Left one sender', family: 'optOut' }, never_asked: { word: 'Never asked', family: 'neutral' },
};

/** `source`: of an opt-out that stands in no ledger, like that of a number that was erased and came back. */
function Channel({ given: { channel, state, since, words, event, leftSenders, twilio }, source }: { given: OnChannel; source: string | null }) {
  const { word, family } = states[state];
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="text-body font-medium"><ChannelMark channel={channel} /></h3>
        <Status family={family}>{word}</Status>
      </div>
      {state === 'never_asked' ? <p className="mt-1 text-table text-muted-foreground">No consent is recorded. Broadcasts reach them all the same.</p> : null}
      {since ? <p className="mt-1 text-table text-muted-foreground">Since <Time value={since} mode="absolute" /></p> : null}
      {words && state !== 'opted_out' ? <p className="mt-1 text-table break-words">“{words}”</p> : null}
      {leftSenders.length > 0 && state !== 'opted_out' ? <p className="mt-1 text-table">Gets nothing from {leftSenders.map(formatPhone).join(', ')}</p> : null}
      {event ? <Proof event={event} /> : state === 'opted_out' ? <p className="mt-1 text-table text-muted-foreground">{optOutReason(source)}</p> : null}
      {twilio ? <p className="mt-1 text-table"><Status look="plain" family="warning">At Twilio</Status> <span className="block break-words">{twilio}</span></p> : null}
      {event?.kind === 'opt_out' && event.push === 'done' ? <p className="mt-1 text-table text-muted-foreground">Twilio was told.</p> : null}
    </li>
  );
}

/** What proves it, in words. */
function Proof({ event: { kind, source, evidence, by } }: { event: ConsentEventView }) {
  const text = (key: string) => (typeof evidence[key] === 'string' ? evidence[key] : null);
  const [word, sid, note, file] = [text('word'), text('messageSid'), text('note'), text('fileName')];
  return (
    <p className="mt-1 text-table break-words text-muted-foreground">
      {consentSourceWords(source, kind)}{word ? ` They wrote “${word}”.` : ''}{note ? ` “${note}”` : ''}{file ? ` File: ${file}.` : ''}{by ? ` By ${by}.` : ''}
      {sid ? <span className="block font-mono text-caption">{sid}</span> : null}
    </p>
  );
}

/** D10: only a consent that says where it comes from brings somebody back. */
function NewConsent({ contact }: { contact: ContactView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title="Record a new consent"
      description={contact.optedOut ? `${nameOf(contact)} opted out. Broadcasts may reach them again only if they have agreed anew since.` : `What ${nameOf(contact)} agreed to, in words that you can show to somebody.`}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">New consent</Button>}
    >
      {isOpen ? <ConsentForm contact={contact} onDone={() => setOpen(false)} /> : null}
    </Dialog>
  );
}

function ConsentForm({ contact, onDone }: { contact: ContactView; onDone: () => void }) {
  const trpc = useTRPC();
  const changed = useChangedPerson(contact.id);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.contact.addConsent.mutationOptions({
    onSuccess: async () => {
      notify.success('The new consent was recorded.');
      onDone();
      await changed();
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    update.mutate({ id: contact.id, consentSource: String(new FormData(event.currentTarget).get('consentSource') ?? '') });
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
