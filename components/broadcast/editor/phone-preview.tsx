'use client';

import { ChevronLeft, ChevronRight, TriangleAlert } from 'lucide-react';
import { formatPhone } from '#components/format/phone.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Sample } from './use-sample.ts';

type PhonePreviewProps = { from: string | null; sample: Sample; index: number; count: number; onStep: (by: number) => void };

/** The message on a phone, as one real recipient will see it. */
export function PhonePreview({ from, sample, index, count, onStep }: PhonePreviewProps) {
  return (
    <section aria-label="Preview">
      <div className="mx-auto flex min-h-96 max-w-80 flex-col overflow-hidden rounded-[28px] border-4 border-input-border bg-background">
        <p className="border-b bg-surface px-4 pt-4 pb-2.5 text-center text-table font-medium">{from ? formatPhone(from) : 'Your number'}</p>
        <div className="flex flex-1 flex-col justify-end gap-1 p-3">
          {sample.text.trim() === '' ? (
            <p className="m-auto max-w-48 text-center text-table text-muted-foreground">The message shows here while you write it.</p>
          ) : (
            <p className="mr-8 self-start rounded-bubble rounded-bl-[4px] bg-hover px-3.5 py-2 text-body break-words whitespace-pre-wrap">{sample.text}</p>
          )}
        </div>
      </div>
      <div className="mx-auto mt-3 flex max-w-80 items-center justify-between gap-2">
        <IconButton label="Previous recipient" icon={<ChevronLeft aria-hidden />} size="sm" disabled={count < 2} onClick={() => onStep(-1)} />
        <p className="min-w-0 text-center text-table" aria-live="polite">
          <span className="block truncate font-medium">{sample.name}</span>
          <span className="block text-caption text-muted-foreground tabular-nums">
            {sample.isReal ? `${sample.recipient ? formatPhone(sample.recipient) : ''} · ${index + 1} of ${count} samples` : 'Choose recipients to see real people'}
          </span>
        </p>
        <IconButton label="Next recipient" icon={<ChevronRight aria-hidden />} size="sm" disabled={count < 2} onClick={() => onStep(1)} />
      </div>
      {sample.missing.length > 0 ? (
        <p className="mx-auto mt-2 flex max-w-80 items-start gap-1.5 text-table text-muted-foreground">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning-fill" />
          <span>Empty for this person: {sample.missing.join(', ')}. Give it a fallback with <code className="font-mono">| default: "…"</code>.</span>
        </p>
      ) : null}
    </section>
  );
}
