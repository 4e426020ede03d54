'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { PeopleSheet } from '#components/broadcast/audience/people-sheet.tsx';
import { BroadcastMenu } from '#components/broadcast/broadcast-menu.tsx';
import { BroadcastStatus } from '#components/broadcast/broadcast-status.tsx';
import { HistoryButton } from '#components/broadcast/history/history-button.tsx';
import type { ContentPanel } from '#components/broadcast/content/content-panel.ts';
import { contentPanels } from '#components/broadcast/content/panels.ts';
import { TestButton } from '#components/broadcast/test-send/test-button.tsx';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { usePinned } from '#components/broadcast/use-pinned.ts';
import { PageHeader } from '#components/layout/page-header.tsx';
import { useShortcut } from '#components/layout/shortcut-registry.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorSummary, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { AudienceField } from './audience-field.tsx';
import { Conflict } from './conflict.tsx';
import { DraftSummary } from './draft-summary.tsx';
import { PREVIEW_ID, PreviewSheet } from './preview-sheet.tsx';
import { SaveIndicator } from '#components/draft/save-indicator.tsx';
import { UnsavedCopy } from '#components/draft/unsaved-copy.tsx';
import { SenderField } from './sender-field.tsx';
import { useChannel } from './use-channel.ts';
import { useDraft, type DraftFields, type EditedDraft } from './use-draft.ts';
import { useHydrated } from '#components/draft/use-hydrated.ts';
import { draftText, useSample } from './use-sample.ts';

/** Write a broadcast. Everything is saved while it is written; nothing is sent from here. */
export function Editor({ broadcast }: { broadcast: BroadcastView }) {
  const trpc = useTRPC();
  const draft = useDraft(broadcast);
  const channel = useChannel(broadcast.channel);
  const { data: preview, isFetching, isError: isPreviewBroken } = useQuery(trpc.broadcast.preview.queryOptions({ id: broadcast.id }));
  const { data: senders } = useQuery(trpc.twilioAccount.senders.queryOptions());
  const isCounting = isFetching || draft.state.kind !== 'saved';
  const pinned = usePinned(draft.fields.templateSid) ?? null;
  const sampling = useSample({ draft, channel, template: pinned, preview, isPreviewFresh: !isFetching });
  const { Message, Preview, missing } = contentPanels[broadcast.channel];
  const review = useReview(broadcast.id, draft.fields, draft.save, missing);
  const save = () => void draft.save();
  const system = senders?.find((sender) => sender.isSystem && sender.channel === broadcast.channel);
  const maySend = useMaySend();
  const { fields } = draft;
  const phone = { from: fields.senderPhone ?? system?.address ?? null, ...sampling, onStep: sampling.step, pinned, mediaUrls: fields.mediaUrls, preview };
  useShortcut('mod+s', 'Save now', save);
  useShortcut('mod+enter', 'Review', review.start);

  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Broadcasts', href: '/broadcasts' }]}
        title={fields.broadcastName.trim() || 'Untitled broadcast'}
        status={<BroadcastStatus status={broadcast.status} />}
        description={<SaveIndicator state={draft.state} onRetry={save} />}
        actions={<><BroadcastMenu broadcast={broadcast} /><HistoryButton id={broadcast.id} save={draft.save} onRestored={draft.takeTheirs} /><TestButton broadcast={broadcast} save={draft.save} /><ReviewButton isBusy={review.isBusy} onClick={review.start} /></>}
      />
      <div className="mb-4 grid gap-4 empty:hidden">
        {maySend ? null : <Alert title="You can look at this draft, not change it.">Owners, admins and marketers write and send broadcasts.</Alert>}
        <ErrorSummary errors={review.errors} />
        <Conflict id={broadcast.id} draft={draft} />
        {maySend ? <UnsavedCopy id={broadcast.id} shown={fields} isSaved={draft.state.kind === 'saved'} onBringBack={draft.change} textOf={(kept) => kept.content} /> : null}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Form broadcast={broadcast} draft={draft} errorOf={review.errorOf} isReadOnly={!maySend}>
          <Message broadcast={broadcast} draft={draft} text={draftText(fields, pinned)} channel={channel} sample={sampling.sample} pinned={pinned} errorOf={review.errorOf} preview={isCounting ? undefined : preview} />
        </Form>
        <aside aria-label="Preview and totals" className="grid gap-4 lg:sticky lg:top-4">
          <Preview id={PREVIEW_ID} {...phone} />
          <PreviewSheet><Preview {...phone} /></PreviewSheet>
          <Card><DraftSummary broadcast={broadcast} preview={preview} isCounting={isCounting} isBroken={isPreviewBroken} /></Card>
          <ReviewButton isBusy={review.isBusy} onClick={review.start} isWide />
        </aside>
      </div>
      <PeopleSheet broadcastId={broadcast.id} />
    </>
  );
}

type FormProps = { broadcast: BroadcastView; draft: EditedDraft; errorOf: (field: string) => string | undefined; isReadOnly: boolean; children: ReactNode };

/** Name, sender, recipients, and the cards of the message as `children`. */
function Form({ broadcast, draft, errorOf, isReadOnly, children }: FormProps) {
  const { fields } = draft;
  const isHydrated = useHydrated();
  return (
    <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-1 gap-4">
      <legend className="sr-only">The broadcast</legend>
      <Card title="Broadcast">
        <div className="grid gap-5">
          <Field label="Name" id="broadcastName" hint="Only you see it." error={errorOf('broadcastName')}>
            <Input value={fields.broadcastName} maxLength={200} autoComplete="off" readOnly={!isHydrated} onBlur={() => void draft.save()} onChange={(event) => draft.change({ broadcastName: event.target.value })} />
          </Field>
          <SenderField channel={broadcast.channel} value={fields.senderPhone} onChange={(senderPhone) => draft.change({ senderPhone })} />
        </div>
      </Card>
      <Card title="Who gets it">
        <AudienceField value={fields} onChange={draft.change} errorOf={errorOf} />
      </Card>
      {children}
    </fieldset>
  );
}

function ReviewButton({ isBusy, onClick, isWide }: { isBusy: boolean; onClick: () => void; isWide?: boolean }) {
  return (
    <Button variant="primary" loading={isBusy} onClick={onClick} className={isWide ? 'w-full lg:hidden' : undefined}>
      Review <ArrowRight aria-hidden />
    </Button>
  );
}

/** Saves, then goes to the review; what is plainly missing is named here, in the form. */
function useReview(id: string, fields: DraftFields, save: () => Promise<boolean>, missingMessage: ContentPanel['missing']) {
  const missingIn = (given: DraftFields) => [...missingAround(given), ...missingMessage(given)];
  const router = useRouter();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [isBusy, setBusy] = useState(false);
  const reviewHref = `/broadcasts/${id}/review`;
  useEffect(() => router.prefetch(reviewHref), [router, reviewHref]);

  const latest = useRef(fields);
  useEffect(() => { latest.current = fields; });
  const start = async () => {
    const found = missingIn(latest.current);
    setErrors(found);
    if (found.length > 0 || isBusy) return;
    setBusy(true);
    const isSaved = await save();
    setBusy(false);
    if (isSaved) router.push(reviewHref);
    else setErrors([{ message: 'Your last change is not saved yet. Nothing is lost; try again in a moment.' }]);
  };
  // What is mended loses its mark at once; the summary stays one and the same list, or it would take the focus while somebody types.
  const open = missingIn(fields);
  const isOpen = (error: FieldError) => error.field === undefined || open.some((other) => other.field === error.field);
  return {
    isBusy, start: () => void start(),
    errors: errors.some(isOpen) ? errors : NO_ERRORS,
    errorOf: (field: string) => errors.filter(isOpen).find((error) => error.field === field)?.message,
  };
}

const NO_ERRORS: FieldError[] = [];

function missingAround(fields: DraftFields): FieldError[] {
  const errors: FieldError[] = [];
  if (fields.broadcastName.trim() === '') errors.push({ field: 'broadcastName', message: 'Enter a name.' });
  errors.push(...missingPeople(fields));
  return errors;
}

function missingPeople(fields: DraftFields): FieldError[] {
  switch (fields.recipientMethod) {
    case 'lists': return fields.selectedLists.length > 0 ? [] : [{ field: 'recipients', message: 'Choose a list, or another way to choose recipients.' }];
    case 'filter': return fields.selectedFilter ? [] : [{ field: 'selectedFilter', message: 'Choose a saved filter.' }];
    case 'numbers':
      if (fields.wrongNumbers.length > 0) return [{ field: 'numbers', message: 'Correct the numbers that cannot be read, or remove them.' }];
      return fields.selectedNumbers.length > 0 ? [] : [{ field: 'numbers', message: 'Enter at least one number.' }];
    case 'all': return [];
  }
}
