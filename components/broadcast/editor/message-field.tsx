'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { Channel } from '#server/channels/index.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import { FieldPicker } from './field-picker.tsx';
import { unknownFields } from './placeholder-check.ts';
import { withPlainCharacters } from '#server/channels/sms/plain-characters.ts';
import { SegmentMeter } from './segment-meter.tsx';
import type { Sample } from './use-sample.ts';

type MessageFieldProps = {
  value: string;
  onChange: (content: string) => void;
  onBlur: () => void;
  error?: string;
  channel: Channel | null;
  sample: Sample;
  audience: PreviewView['segments'] | undefined;
};

const ownFieldSample = { ps: 100 };
const STANDARD_FIELDS = ['firstName', 'lastName', 'phone', 'email'];

/** The text with its fields and what it costs in segments. */
export function MessageField({ value, onChange, onBlur, error, channel, sample, audience }: MessageFieldProps) {
  const trpc = useTRPC();
  const ref = useRef<HTMLTextAreaElement>(null);
  const { data: people } = useQuery(trpc.contact.list.queryOptions(ownFieldSample, { staleTime: 300_000 }));
  const ownFields = [...new Set((people?.data ?? []).flatMap((person) => Object.keys(person.fields)))].sort();

  const insert = (placeholder: string) => {
    const area = ref.current;
    const from = area?.selectionStart ?? value.length;
    const to = area?.selectionEnd ?? value.length;
    onChange(value.slice(0, from) + placeholder + value.slice(to));
    // The menu gives focus back to its button when it closes; after that the cursor belongs behind what was put in.
    setTimeout(() => {
      area?.focus();
      area?.setSelectionRange(from + placeholder.length, from + placeholder.length);
    }, 50);
  };

  return (
    <div className="grid grid-cols-1 gap-2.5">
      <Field label="Text" id="content" error={error} hint="Fields like {{firstName}} are filled in for each person.">
        <Textarea ref={ref} value={value} onChange={(event) => onChange(event.target.value)} onBlur={onBlur} className="min-h-36" maxLength={10_000} />
      </Field>
      <div><FieldPicker ownFields={ownFields} onPick={insert} /></div>
      <PlaceholderFaults value={value} channel={channel} known={people ? [...STANDARD_FIELDS, ...ownFields] : null} onReplace={onChange} />
      <SegmentMeter text={value.trim() === '' ? '' : sample.text} person={value.includes('{{') ? sample.name : undefined} audience={audience} onReplace={() => onChange(withPlainCharacters(value))} />
    </div>
  );
}

type FaultsProps = { value: string; channel: Channel | null; known: string[] | null; onReplace: (content: string) => void };

/** What is wrong with the placeholders, while writing. */
function PlaceholderFaults({ value, channel, known, onReplace }: FaultsProps) {
  if (!channel || value.trim() === '') return null;
  const draft = { content: value, templateSid: null, templateVariables: null, missingValues: {}, optOutLine: null };
  const fault = channel.problems(draft).find((problem) => problem.field === 'content');
  if (fault) return <p role="status" className="text-table font-medium text-destructive">{fault.message}</p>;
  const unknown = known ? unknownFields(channel.prepare(draft).text.fields, known) : [];
  if (unknown.length === 0) return null;
  return (
    <div role="status" className="rounded-control bg-warning-tint px-3 py-2 text-table text-warning-text">
      <ul className="grid grid-cols-1 gap-1">
        {unknown.map(({ name, suggestion }) => (
          <li key={name} className="flex flex-wrap items-center gap-x-2">
            <span><code className="font-mono">{`{{${name}}}`}</code> is not a field of your contacts.{suggestion ? '' : ' It stays empty unless a list carries it.'}</span>
            {suggestion ? <Button variant="link" size="sm" className="text-warning-text" onClick={() => onReplace(renamed(value, name, suggestion))}>Use {suggestion}</Button> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Renames a field inside placeholders only. */
const renamed = (text: string, from: string, to: string) =>
  text.replace(/\{\{.*?\}\}/gs, (placeholder) => placeholder.replace(new RegExp(`(?<![\\w"'])${from}(?!\\w)`, 'g'), to));
