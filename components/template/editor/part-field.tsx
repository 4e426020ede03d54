'use client';

import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { FieldOption } from '#components/draft/field-options.ts';
import { MessageText, type TextMark } from '#components/draft/message-text.tsx';
import { Field } from '#components/ui/field.tsx';
import { piecesOf } from '#server/channels/whatsapp/mapping.ts';
import type { TemplateFault, TemplatePlace } from '#server/channels/whatsapp/rules/fault.ts';
import { isRightToLeft } from '#server/channels/whatsapp/text-marks.ts';
import { moveField, moveLine } from './edits.ts';

export type PartFieldProps = {
  id: string;
  label: string;
  hint?: ReactNode;
  value: string;
  language: string;
  /** Of this part alone. */
  faults: readonly TemplateFault[];
  options: FieldOption[];
  error?: string;
  limit?: number;
  isLong?: boolean;
  optional?: boolean;
  /** `isStep`: one act, not typing. */
  onChange: (text: string, isStep?: boolean) => void;
  onBlur: () => void;
  ref?: { current: HTMLTextAreaElement | null };
};

/** One text of a template, with its fields and faults marked. Alt and an arrow move the field, or the line, under the cursor. */
export function PartField({ id, label, hint, value, language, faults, options, error, limit, isLong, optional, onChange, onBlur, ref }: PartFieldProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const area = ref ?? own;
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const cursor = event.currentTarget.selectionStart;
    const moves: Record<string, () => { text: string; cursor: number } | null> = {
      ArrowLeft: () => moveField(value, cursor, -1), ArrowRight: () => moveField(value, cursor, 1), ArrowUp: () => moveLine(value, cursor, -1), ArrowDown: () => moveLine(value, cursor, 1),
    };
    const moved = moves[event.key]?.();
    if (!moved) return;
    event.preventDefault();
    onChange(moved.text, true);
    setTimeout(() => area.current?.setSelectionRange(moved.cursor, moved.cursor), 0);
  };
  return (
    <Field label={label} id={id} hint={hint} error={error} optional={optional} aside={limit ? `${value.length} / ${limit.toLocaleString('en')}` : undefined}>
      <MessageText
        ref={area} value={value} options={options} marks={marksOf(value, faults)} onChange={(text) => onChange(text)} onBlur={onBlur} onKeyDown={onKey}
        lang={language.replace('_', '-')} dir={isRightToLeft(language) ? 'rtl' : undefined} rows={1} className={isLong ? 'min-h-36' : 'min-h-9 pointer-coarse:min-h-11'}
      />
    </Field>
  );
}

/** A fault is seen before the field that it is about. */
function marksOf(text: string, faults: readonly TemplateFault[]): TextMark[] {
  const wrong = faults.flatMap(({ severity, place: { from, to } }): TextMark[] => (from === null || to === null || to > text.length ? [] : [{ from, to, look: severity === 'error' ? 'fault' : 'warning' }]));
  const fields = piecesOf(text).filter(({ expression }) => expression !== null).map(({ from, to }): TextMark => ({ from, to, look: 'chip' }));
  return [...wrong, ...fields];
}

/** The faults of one text. */
export const faultsAt = (faults: readonly TemplateFault[], part: TemplatePlace['part'], index: number | null = null, field?: TemplatePlace['field']): TemplateFault[] =>
  faults.filter(({ place }) => place.part === part && place.index === index && place.field === field);
