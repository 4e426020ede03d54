'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, type FormEvent } from 'react';
import { AgreementDialog } from '#components/agreement/agreement-dialog.tsx';
import { personName } from '#components/broadcast/person-name.ts';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatMoney } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Dialog, DialogClose } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { TestProgress } from './test-progress.tsx';
import { useTestSend } from './use-test-send.ts';

type TestDialogProps = { id: string; open: boolean; onOpenChange: (open: boolean) => void };

/** The message on a real phone before anybody else gets it. */
export function TestDialog({ id, open, onOpenChange }: TestDialogProps) {
  const test = useTestSend(id, open);
  const formId = useId();
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={(next) => { if (!next && test.sent) test.again(); onOpenChange(next); }}
        size="md"
        title="Send a test"
        description="To your own phone, through the same pipeline. It is in no report and no cap, but it costs."
        footer={test.sent ? (
          <><Button onClick={test.again}>Send another</Button><DialogClose asChild><Button variant="primary">Done</Button></DialogClose></>
        ) : (
          <><DialogClose asChild><Button>Cancel</Button></DialogClose><Button type="submit" form={formId} variant="primary" loading={test.isSending}>{label(test.numbers.length)}</Button></>
        )}
      >
        {test.sent ? <TestProgress testId={test.sent.testId} text={test.sent.text} /> : <TestForm id={id} formId={formId} test={test} />}
      </Dialog>
      <AgreementDialog open={test.isAgreementOpen} onOpenChange={test.setAgreementOpen} onAccepted={test.goOn} />
    </>
  );
}

const label = (count: number) => (count > 1 ? `Send ${count} test messages` : 'Send test message');

type Test = ReturnType<typeof useTestSend>;

function TestForm({ id, formId, test }: { id: string; formId: string; test: Test }) {
  const submit = (event: FormEvent) => { event.preventDefault(); test.send(); };
  const problem = test.error ?? test.preview.data?.problems.find(({ field }) => field === 'numbers')?.message;
  return (
    <form id={formId} noValidate onSubmit={submit} className="grid grid-cols-1 gap-5">
      <Field label="Phone numbers" hint="Up to five, one per line. This browser remembers them." error={problem}>
        <Textarea inputMode="tel" autoComplete="tel" rows={2} className="min-h-16" value={test.text} onChange={(event) => test.setText(event.target.value)} />
      </Field>
      <ContactChoice id={id} test={test} />
      <Checkbox label="Begin with “[Test]”" hint="It counts as part of the text." checked={test.hasPrefix} onChange={(event) => test.setPrefix(event.target.checked)} />
      <Outcome test={test} />
    </form>
  );
}

/** Whose values fill the placeholders: the people of the preview, the interesting ones among them. */
function ContactChoice({ id, test }: { id: string; test: Test }) {
  const trpc = useTRPC();
  const { data: preview } = useQuery(trpc.broadcast.preview.queryOptions({ id }));
  const problem = test.preview.data?.problems.find(({ field }) => field === 'contactId')?.message;
  return (
    <Field label="With the values of" error={problem}>
      <Select value={test.contactId ?? ''} onChange={(event) => test.setContactId(event.target.value || undefined)}>
        <option value="">{test.contactId === undefined && test.preview.data ? `${test.preview.data.contactName} (first of the audience)` : 'The first of the audience'}</option>
        {preview?.samples.map((sample) => (sample.contactId ? <option key={sample.contactId} value={sample.contactId}>{[personName(sample), ...sample.labels.map((each) => words[each])].join(' · ')}</option> : null))}
      </Select>
    </Field>
  );
}

const words = { longest: 'longest', shortest: 'shortest', missing: 'lacks a value', unicode: 'Unicode' };

/** The text as that phone will show it, and the price of it. */
function Outcome({ test: { preview, numbers } }: { test: Test }) {
  if (preview.isError) return <Alert family="danger" isLive title="No test can be made of it yet">{problemMessage(preview.error)}</Alert>;
  if (!preview.data || preview.data.text === '') return null;
  const { text, segments, estimate, currency } = preview.data;
  return (
    <section aria-label="What they get" aria-busy={preview.isFetching} className="grid gap-2 rounded-card border bg-surface p-3">
      <p className="inline-block max-w-full justify-self-start rounded-bubble rounded-bl-[4px] border bg-background px-3.5 py-2 text-body break-words whitespace-pre-wrap">{text}</p>
      <p role="status" className="text-table text-muted-foreground tabular-nums">
        {formatCount(segments, 'segment')} each{numbers.length > 0 && Number(estimate) > 0 ? `, about ${formatMoney(estimate, currency)} in all` : ''}.
      </p>
    </section>
  );
}
