'use client';

import { useRef, useState } from 'react';
import type { DraftFields } from '#components/broadcast/editor/use-draft.ts';
import { TextWarnings } from '#components/broadcast/editor/text-warnings.tsx';
import { FieldPicker } from '#components/draft/field-picker.tsx';
import { MessageText } from '#components/draft/message-text.tsx';
import { useHydrated } from '#components/draft/use-hydrated.ts';
import { formatCount } from '#components/format/number.ts';
import { useFields } from '#components/template/editor/use-fields.ts';
import { Card } from '#components/ui/card.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { Draft } from '#server/channels/index.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type FreeformCardProps = { text: Draft; fault: string | undefined; preview: PreviewView | undefined; onChange: (changes: Partial<DraftFields>) => void; onBlur: () => void };

/** P70, D4: any words and a file, for those who wrote within a day. */
export function FreeformCard({ text, fault, preview, onChange, onBlur }: FreeformCardProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const { options, own } = useFields([]);
  const isWritten = text.content.trim() !== '' || text.mediaUrls.length > 0;
  const insert = (placeholder: string) => {
    const at = ref.current?.selectionStart ?? text.content.length;
    onChange({ content: text.content.slice(0, at) + placeholder + text.content.slice(ref.current?.selectionEnd ?? at) });
    // The menu gives focus back to its button when it closes.
    setTimeout(() => { ref.current?.focus(); ref.current?.setSelectionRange(at + placeholder.length, at + placeholder.length); }, 50);
  };
  return (
    <Card title={<>Within 24 hours <span className="font-normal text-muted-foreground">(optional)</span></>} description="Who wrote to you within the last 24 hours may get any words and a file, instead of the template.">
      <div className="grid grid-cols-1 gap-4">
        <Field label="Text" id="content" error={fault} hint="Type { for a field like {{firstName}}.">
          <MessageText hasEmoji ref={ref} value={text.content} onChange={(content) => onChange({ content })} onBlur={onBlur} options={options} className="min-h-24" />
        </Field>
        <div><FieldPicker own={own} onPick={insert} /></div>
        <MediaField value={text.mediaUrls} onChange={(mediaUrls) => { onChange({ mediaUrls }); onBlur(); }} />
        <p className="text-table text-muted-foreground">{whoGets(text, isWritten, preview)}</p>
        <TextWarnings warnings={isWritten && !text.templateSid ? [{ code: 'no_template', title: 'Everybody else is skipped', detail: 'Without a template only people who wrote within 24 hours get a message. Choose a template for the others.' }] : []} />
      </div>
    </Card>
  );
}

function whoGets({ templateSid }: Draft, isWritten: boolean, preview: PreviewView | undefined): string {
  if (!isWritten) return templateSid ? 'Empty: everybody gets the template.' : 'Empty, and there is no template: nobody gets anything yet.';
  if (!preview || preview.insideWindow + preview.outsideWindow === 0) return templateSid ? 'Looked at for each person at the moment of sending: who is inside of the 24 hours gets this, the others the template.' : 'Looked at for each person at the moment of sending.';
  return `As things stand ${formatCount(preview.insideWindow, 'person', 'people')} would get this${templateSid ? ` and ${formatCount(preview.outsideWindow, 'person', 'people')} the template` : ''}. It is looked at again for each person at the moment of sending.`;
}

const address = /^https?:\/\/[^\s/]+\.[^\s]+$/i;

/** One file, by its address; what is no address stays on the screen only. */
function MediaField({ value, onChange }: { value: string[]; onChange: (mediaUrls: string[]) => void }) {
  const saved = value[0] ?? '';
  const [typed, setTyped] = useState(saved);
  const [seen, setSeen] = useState(saved);
  if (seen !== saved) { setSeen(saved); setTyped(saved); }
  const isHydrated = useHydrated();
  const [isWrong, setWrong] = useState(false);
  const finish = () => {
    const url = typed.trim();
    setWrong(url !== '' && !address.test(url));
    if (url !== saved && (url === '' || address.test(url))) onChange(url === '' ? [] : [url, ...value.slice(1)]);
  };
  return (
    <Field label="File" id="mediaUrls" optional hint="Public address of a picture, video or PDF. WhatsApp takes one per message." error={isWrong ? 'Enter the public address of a file, like https://example.com/picture.jpg.' : undefined}>
      <Input inputMode="url" autoComplete="off" placeholder="https://" value={typed} maxLength={2_000} readOnly={!isHydrated} onBlur={finish} onChange={(event) => setTyped(event.target.value)} />
    </Field>
  );
}
