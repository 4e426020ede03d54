'use client';

import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { skipWords } from '#components/broadcast/content/skip-words.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Badge } from '#components/ui/badge.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Sample } from './use-sample.ts';

export type PhonePreviewProps = { from: string | null; sample: Sample; index: number; count: number; onStep: (by: number) => void; /** Given to the one beside the text, which a phone does without. */ id?: string };
type FrameProps = PhonePreviewProps & { /** The message, or the messages. */ children: ReactNode; /** Badges about it. */ facts?: ReactNode; /** Whether what the person lacks is said below; else the messages say it. */ hasNote?: boolean };

const labelWords: Record<Sample['labels'][number], string> = { longest: 'Longest', shortest: 'Shortest', missing: 'Missing value', unicode: 'Unicode name or value' };

/** A phone with what one real recipient will see; first those who are worth a look. */
export function PhonePreview({ from, sample, index, count, onStep, id, children, facts = null, hasNote = true }: FrameProps) {
  return (
    <section aria-label="Preview" id={id} tabIndex={id ? -1 : undefined} className={id ? 'max-sm:hidden' : undefined}>
      <div className="mx-auto flex min-h-96 max-sm:min-h-64 max-w-80 flex-col overflow-hidden rounded-[28px] border-4 border-input-border bg-background">
        <p className="border-b bg-surface px-4 pt-4 pb-2.5 text-center text-table font-medium">{from ? formatPhone(from) : 'Your number'}</p>
        <div className="flex flex-1 flex-col justify-end gap-1 p-3">{children}</div>
      </div>
      <div className="mx-auto mt-3 flex max-w-80 items-center justify-between gap-2">
        <IconButton label="Previous recipient" icon={<ChevronLeft aria-hidden />} size="sm" disabled={count < 2} onClick={() => onStep(-1)} />
        <div className="min-w-0 text-center text-table" aria-live="polite">
          <p className="truncate font-medium">{sample.name}</p>
          <p className="text-caption text-muted-foreground tabular-nums">
            {sample.isReal ? `${sample.recipient ? formatPhone(sample.recipient) : ''} · ${index + 1} of ${count} samples` : 'Choose recipients to see real people'}
          </p>
          {sample.labels.length > 0 || facts ? (
            <p className="mt-1 flex flex-wrap justify-center gap-1">{sample.labels.map((label) => <Badge key={label}>{labelWords[label]}</Badge>)}{facts}</p>
          ) : null}
        </div>
        <IconButton label="Next recipient" icon={<ChevronRight aria-hidden />} size="sm" disabled={count < 2} onClick={() => onStep(1)} />
      </div>
      {hasNote && (sample.skip || sample.missing.length > 0) ? (
        <p className="mx-auto mt-2 flex max-w-80 items-start gap-1.5 text-table text-muted-foreground">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning-fill" />
          <span>{sample.skip ? `${sample.name} ${skipWords(sample.skip)}${sample.missing.length > 0 ? ` (${sample.missing.join(', ')})` : ''}.` : `Empty for this person: ${sample.missing.join(', ')}. Choose below the text what to do then.`}</span>
        </p>
      ) : null}
    </section>
  );
}
