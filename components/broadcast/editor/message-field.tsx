'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Field } from '#components/ui/field.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { Channel, Draft } from '#server/channels/index.ts';
import { fieldOf } from '#server/channels/field-name.ts';
import { namesStop } from '#server/channels/sms/opt-out-line.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import { ownField, standardFields } from '#components/draft/field-options.ts';
import { EmojiPicker } from '#components/draft/emoji-picker.tsx';
import { FieldPicker } from '#components/draft/field-picker.tsx';
import { MessageText } from '#components/draft/message-text.tsx';
import { emojiCost } from './emoji-cost.ts';
import { MissingValues } from './missing-values.tsx';
import { unknownFields } from '#components/draft/placeholder-check.ts';
import { PlaceholderFaults } from '#components/draft/placeholder-faults.tsx';
import { SegmentMeter } from './segment-meter.tsx';
import { TextWarnings } from './text-warnings.tsx';
import type { DraftFields } from './use-draft.ts';
import type { Sample } from './use-sample.ts';

type MessageFieldProps = {
  text: Draft;
  onChange: (changes: Partial<DraftFields>) => void;
  onBlur: () => void;
  error?: string;
  channel: Channel | null;
  sample: Sample;
  /** What the server makes of the saved text; nothing while it is counted anew. */
  preview: PreviewView | undefined;
};

/** The text with its fields, what happens where a value is missing, its last line, and what it costs in segments. */
export function MessageField({ text, onChange, onBlur, error, channel, sample, preview }: MessageFieldProps) {
  const trpc = useTRPC();
  const ref = useRef<HTMLTextAreaElement>(null);
  const { data: vocabulary } = useQuery(trpc.audience.vocabulary.queryOptions(undefined, { staleTime: 300_000 }));
  const { data: organization } = useQuery(trpc.organization.read.queryOptions());
  const own = (vocabulary?.fields ?? []).map(({ name }) => ownField(name));
  const known = vocabulary ? [...standardFields, ...own].map(({ name }) => name) : null;
  const found = inspect(channel, text, known);
  const write = (content: string) => onChange({ content });
  const replace = (plain: (written: string) => string) => onChange({ content: plain(text.content), ...(text.optOutLine ? { optOutLine: plain(text.optOutLine) } : {}) });

  const insert = (placeholder: string) => {
    const area = ref.current;
    const from = area?.selectionStart ?? text.content.length;
    const to = area?.selectionEnd ?? text.content.length;
    write(text.content.slice(0, from) + placeholder + text.content.slice(to));
    // The menu gives focus back to its button when it closes; after that the cursor belongs behind what was put in.
    setTimeout(() => {
      area?.focus();
      area?.setSelectionRange(from + placeholder.length, from + placeholder.length);
    }, 50);
  };

  return (
    <div className="grid grid-cols-1 gap-3">
      <Field label="Text" id="content" error={error} hint="Type { for a field like {{firstName}}, filled in for each person; :party for an emoji.">
        <MessageText hasEmoji ref={ref} value={text.content} onChange={write} onBlur={onBlur} options={[...standardFields, ...own]} unknown={found.unknown.map(({ name }) => name)} />
      </Field>
      <div className="flex flex-wrap gap-2"><FieldPicker own={own} onPick={insert} /><EmojiPicker onPick={insert} note={emojiCost(sample.text)} /></div>
      <PlaceholderFaults content={text.content} fault={found.fault} unknown={found.unknown} onReplace={write} />
      <SegmentMeter text={text.content.trim() === '' ? '' : sample.text} person={text.content.includes('{{') ? sample.name : undefined} audience={preview} written={`${text.content}${text.optOutLine ?? ''}`} onReplace={replace} />
      <MissingValues fields={found.withoutDefault} value={text.missingValues} onChange={(missingValues) => onChange({ missingValues })} onBlur={onBlur} />
      {text.templateSid === null ? <OptOutSwitch text={text} line={organization?.optOutLine} onChange={(optOutLine) => onChange({ optOutLine })} /> : null}
      <TextWarnings warnings={channel?.warnings(text, { brandName: organization?.name ?? null, longest: preview?.segments.longest ?? null }) ?? []} />
    </div>
  );
}

/** What the parser says about the placeholders of a text; nothing while the parser is on its way or the text is empty. */
function inspect(channel: Channel | null, text: Draft, known: string[] | null) {
  const nothing = { fault: null, unknown: [], withoutDefault: [] };
  if (!channel || text.content.trim() === '') return nothing;
  const fault = channel.problems(text).find((problem) => problem.field === 'content');
  if (fault) return { ...nothing, fault: fault.message };
  const { fields, parts } = channel.prepare({ ...text, missingValues: {} }).text;
  const plain = parts?.flatMap((part) => ('field' in part && part.onBlank === 'empty' ? [part.field] : []));
  const withoutDefault = [...new Set(plain ?? fields.map(fieldOf))];
  const unknown = known ? unknownFields(fields, known) : [];
  // What is no field cannot have a value; it is to be mended, not to be given a rule.
  return { fault: null, unknown, withoutDefault: withoutDefault.filter((name) => !unknown.some((each) => each.suggestion !== null && each.name === name)) };
}

type OptOutSwitchProps = { text: Draft; line: string | undefined; onChange: (line: string | null) => void };

function OptOutSwitch({ text, line, onChange }: OptOutSwitchProps) {
  const offered = text.optOutLine ?? line ?? 'Reply STOP to opt out.';
  const isSaid = text.optOutLine !== null && namesStop(text.content);
  return (
    <Switch
      label="Opt-out line" checked={text.optOutLine !== null} onCheckedChange={(isOn) => onChange(isOn ? offered : null)}
      hint={isSaid ? 'Your text names STOP already, so the line is left out.' : <>Adds “{offered}” as the last line. It is counted.</>}
    />
  );
}
