'use client';

import { ChevronLeft, ChevronRight, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { TemplateBubble } from '#components/template/preview/template-bubble.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { TemplateDraft } from '#server/channels/whatsapp/rules/fault.ts';
import { useRecipient } from './use-recipient.ts';
import type { Rules } from './use-rules.ts';

/** The message on a phone, for one real contact after the other, by day and by night. */
export function TemplatePreview({ draft, rules }: { draft: TemplateDraft; rules: Rules | null }) {
  const { text, sampled, index, count, name, isReal, step } = useRecipient(draft, rules);
  const [look, setLook] = useState<'light' | 'dark' | null>(null);
  const isEmpty = text.body.trim() === '' && text.header.trim() === '';
  return (
    <section aria-label="Preview">
      <div className={classNames('mx-auto flex min-h-72 max-w-80 flex-col overflow-hidden rounded-[28px] border-4 border-input-border bg-background text-foreground', look === 'dark' && 'dark', look === 'light' && 'light')}>
        <div className="flex flex-1 flex-col justify-end gap-1 bg-background p-3 pt-6">
          {isEmpty ? <p className="m-auto max-w-48 text-center text-table text-muted-foreground">The message shows here while you write it.</p> : <TemplateBubble text={text} language={draft.language} />}
        </div>
      </div>
      <div className="mx-auto mt-3 flex max-w-80 items-center justify-between gap-2">
        <IconButton label="Previous contact" icon={<ChevronLeft aria-hidden />} size="sm" disabled={count < 2} onClick={() => step(-1)} />
        <div className="min-w-0 text-center text-table" aria-live="polite">
          <p className="truncate font-medium">{name}</p>
          <p className="text-caption text-muted-foreground tabular-nums">{isReal ? `${index + 1} of ${count} contacts` : 'Without contacts the samples are shown'}</p>
        </div>
        <IconButton label="Next contact" icon={<ChevronRight aria-hidden />} size="sm" disabled={count < 2} onClick={() => step(1)} />
      </div>
      {isReal && sampled.length > 0 ? <p className="mx-auto mt-2 max-w-80 text-table break-words text-muted-foreground">Samples stand in for {sampled.join(', ')}: this contact has no value.</p> : null}
      <div className="mx-auto mt-2 flex max-w-80 items-center justify-between gap-2">
        <p className="text-caption text-muted-foreground">Preview. Phones differ.</p>
        <div className="flex gap-1" role="group" aria-label="Look of the phone">
          <Button size="sm" variant="ghost" aria-pressed={look === 'light'} icon={<Sun aria-hidden />} onClick={() => setLook(look === 'light' ? null : 'light')}>Light</Button>
          <Button size="sm" variant="ghost" aria-pressed={look === 'dark'} icon={<Moon aria-hidden />} onClick={() => setLook(look === 'dark' ? null : 'dark')}>Dark</Button>
        </div>
      </div>
    </section>
  );
}
