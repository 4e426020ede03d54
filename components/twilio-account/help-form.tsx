'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { notify } from '#components/ui/notify.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { helpTextGaps, helpTextInUse, usualHelpText } from '#server/channels/help-text.ts';
import { countSegments } from '#server/channels/sms/segments.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { HelpGaps, TwilioPlace } from './help-notes.tsx';

type Props = { sender: SenderView; brand: string; onDone: () => void };

/** The text, how it looks, what it costs, and who says it: Twilio or we, never both. */
export function HelpForm({ sender, brand, onDone }: Props) {
  const [text, setText] = useState(sender.helpText ?? '');
  const [helpBy, setHelpBy] = useState(sender.helpBy);
  const [isTwilioOff, setTwilioOff] = useState(false);
  const { save, isSaving, errors } = useSave(onDone);
  const inUse = helpTextInUse({ helpText: text.trim() || null, helpBy }, brand);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ id: sender.id, helpText: text, helpBy, isTwilioOff });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="grid gap-4 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="helpText" label="Text" error={errorFor(errors, 'helpText')} hint="Who you are, how to reach you, and how to leave. It is sent as it stands." aside={lengthOf(sender, inUse)}>
        <Textarea value={text} maxLength={1600} placeholder={usualHelpText(brand)} onChange={(event) => setText(event.currentTarget.value)} />
      </Field>
      <Preview text={inUse} brand={brand} />
      <RadioGroup legend="Who answers" name="helpBy" look="cards" value={helpBy} onValueChange={(value) => setHelpBy(value === 'us' ? 'us' : 'provider')} options={choicesOf(sender)} />
      {helpBy === 'provider' && text.trim() ? <p className="text-table">Paste it at <TwilioPlace />, under HELP: <Copyable value={text.trim()} text="Copy the text" label="the answer to HELP" /></p> : null}
      {helpBy === 'us' && sender.hasTwilioKeywords && sender.helpBy !== 'us' ? (
        <Checkbox id="isTwilioOff" label="Twilio does not answer HELP for this number any more" hint="Twilio Support switches it off. Try it before: write HELP to the number; no answer may come." error={errorFor(errors, 'isTwilioOff')} checked={isTwilioOff} onChange={(event) => setTwilioOff(event.currentTarget.checked)} />
      ) : null}
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={isSaving}>Save</Button>
      </div>
    </form>
  );
}

function Preview({ text, brand }: { text: string; brand: string }) {
  return (
    <section aria-label="Preview" className="grid gap-2">
      <p className="ms-auto w-fit rounded-bubble bg-selected px-3 py-2 text-body">HELP</p>
      <p dir="auto" className="w-fit max-w-[85%] rounded-bubble bg-surface px-3 py-2 text-body [overflow-wrap:anywhere] whitespace-pre-wrap">{text}</p>
      <HelpGaps gaps={helpTextGaps(text, brand)} brand={brand} />
    </section>
  );
}

/** Where Twilio has its hand in, a message is as long as its segments. */
const lengthOf = ({ hasTwilioKeywords }: SenderView, text: string) => (hasTwilioKeywords ? formatCount(countSegments(text).segments, 'segment') : formatCount(text.length, 'character'));

const choicesOf = ({ hasTwilioKeywords }: SenderView) => [
  { value: 'provider', label: 'Twilio', hint: hasTwilioKeywords ? 'As usual for numbers: Twilio answers by itself and takes nothing for it. Your text has to be pasted there.' : 'Only when this sender is in a messaging service with Advanced Opt-Out; else nobody answers.' },
  { value: 'us', label: 'Hailer', hint: hasTwilioKeywords ? 'Only when Twilio’s own handling of keywords is switched off; else people get two answers. It costs what a message costs.' : 'As usual on WhatsApp: nobody else does.' },
];

function useSave(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const set = useMutation(trpc.twilioAccount.setHelp.mutationOptions({
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.twilioAccount.senders.pathFilter());
      notify.success('Answer to HELP saved');
      onDone();
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  return { save: set.mutate, isSaving: set.isPending, errors };
}
