'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Braces, OctagonAlert } from 'lucide-react';
import { useRef } from 'react';
import type { DraftFields } from '#components/broadcast/editor/use-draft.ts';
import type { FieldOption } from '#components/draft/field-options.ts';
import { MessageText } from '#components/draft/message-text.tsx';
import { formatNumber } from '#components/format/number.ts';
import { useFields } from '#components/template/editor/use-fields.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import type { Draft } from '#server/channels/index.ts';
import { fieldOf } from '#server/channels/field-name.ts';
import { textsOf } from '#server/channels/whatsapp/authentication.ts';
import { expressionsIn } from '#server/channels/whatsapp/mapping.ts';
import { positionsOfPinned, sourceOf } from '#server/channels/whatsapp/template.ts';
import type { PinnedView, VariableFacts } from '#server/domain/template/schema.ts';

type MappingTableProps = { broadcastId: string; pinned: PinnedView; text: Draft; fault: string | undefined; onChange: (changes: Partial<DraftFields>) => void; onBlur: () => void };

/** P49, P63: by position what fills it, and what the people of this audience really have. */
export function MappingTable({ broadcastId, pinned, text, fault, onChange, onBlur }: MappingTableProps) {
  const positions = positionsOfPinned(pinned);
  const sources = positions.map((number) => sourceOf(pinned, text.templateVariables, number));
  const expressions = [...new Set(sources.flatMap((source) => expressionOf(source) ?? []))];
  const { options } = useFields([]);
  const { data: facts } = useQuery(useTRPC().template.variableFacts.queryOptions({ expressions, broadcastId }, { enabled: expressions.length > 0, placeholderData: keepPreviousData }));
  if (positions.length === 0) return <p className="text-body text-muted-foreground">It has no variables: everybody gets the same words.</p>;
  const write = (number: string, source: string) => onChange({ templateVariables: { ...Object.fromEntries(positions.map((each, i) => [each, sources[i] ?? ''])), [number]: source } });
  const { header, body, footer } = textsOf(pinned.content);
  return (
    <div className="grid min-w-0 gap-3">
      <p dir="auto" lang={pinned.language.replace('_', '-')} className="rounded-bubble bg-surface px-3.5 py-2.5 text-body break-words whitespace-pre-wrap">{[header, body, footer].filter(Boolean).join('\n\n')}</p>
      <Table caption="What fills the template, by position" density="compact">
        <TableHeader><TableHead>Position</TableHead><TableHead>Field or expression</TableHead><TableHead>Without a value</TableHead><TableHead>Real values</TableHead></TableHeader>
        <TableBody>
          {positions.map((number, i) => (
            <Position
              key={`${pinned.contentSid}-${number}`} number={number} source={sources[i] ?? ''} pinned={pinned} text={text} options={options} fact={facts?.[expressionOf(sources[i] ?? '') ?? '']}
              onSource={(source) => write(number, source)} onChange={onChange} onBlur={onBlur}
            />
          ))}
        </TableBody>
      </Table>
      {fault ? <p role="status" className="flex items-start gap-1.5 text-table font-medium text-destructive"><OctagonAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />{fault}</p> : null}
      {text.templateVariables === null ? null : <div><Button size="sm" variant="ghost" onClick={() => { onChange({ templateVariables: null }); onBlur(); }}>Fill it as its author meant</Button></div>}
    </div>
  );
}

/** The one expression of a source that is nothing else; of several, or with words around, there is no one to measure. */
function expressionOf(source: string): string | null {
  const found = expressionsIn(source);
  return found.length === 1 && /^\{\{[^{}]*\}\}$/.test(source.trim()) ? found[0] ?? null : null;
}

/** On a phone a control stands below its label. */
const stacked = 'align-top! max-sm:block! max-sm:text-left! max-sm:before:block max-sm:before:mb-1';

type PositionProps = {
  number: string; source: string; pinned: PinnedView; text: Draft; options: FieldOption[]; fact: VariableFacts[string] | undefined;
  onSource: (source: string) => void; onChange: (changes: Partial<DraftFields>) => void; onBlur: () => void;
};

function Position({ number, source, pinned, text, options, fact, onSource, onChange, onBlur }: PositionProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const name = `{{${number}}}`;
  const isMapped = source.trim() !== '';
  const own = pinned.positions[Number(number) - 1] ?? '';
  const sample = pinned.variables[own]?.sample ?? pinned.variables[number]?.sample ?? '';
  return (
    <TableRow>
      <TableCell className="align-top!"><code className="font-mono">{name}</code>{sample ? <span className="block max-w-32 truncate text-caption font-normal text-muted-foreground">{`like “${sample}”`}</span> : null}</TableCell>
      <TableCell label="Field or expression" className={`sm:min-w-48 ${stacked}`}>
        <span className="grid w-full min-w-0 grid-cols-[minmax(0,1fr)_auto] items-start gap-1">
          <MessageText ref={ref} value={source} onChange={(changed) => onSource(changed.replaceAll('\n', ' '))} onBlur={onBlur} options={options} rows={1} aria-label={`What fills ${name}`} placeholder="{{firstName}}" className="min-h-9 font-mono text-table pointer-coarse:min-h-11" />
          <DropdownMenu align="end" trigger={<IconButton size="sm" label={`Choose a field for ${name}`} icon={<Braces aria-hidden />} />}>
            {options.map((field) => <MenuItem key={field.name} onSelect={() => { onSource(field.placeholder); onBlur(); }}>{field.label}</MenuItem>)}
          </DropdownMenu>
        </span>
        {isMapped ? null : <span className="mt-1 flex items-center gap-1 text-table font-medium text-destructive"><OctagonAlert aria-hidden className="size-3.5" />Nothing fills it yet</span>}
      </TableCell>
      <TableCell label="Without a value" className={stacked}><Fallback name={name} source={source} own={own} number={number} pinned={pinned} text={text} onChange={onChange} onBlur={onBlur} /></TableCell>
      <TableCell label="Real values" className={`tabular-nums ${stacked}`}>
        {fact ? <><span className="line-clamp-2 break-words">{fact.longest === '' ? 'None' : `Longest “${fact.longest}”`}</span><span className="block text-caption text-muted-foreground">Empty for {formatNumber(fact.lacking)} of {formatNumber(fact.people)}</span></> : '–'}
      </TableCell>
    </TableRow>
  );
}

type FallbackProps = Pick<PositionProps, 'number' | 'source' | 'pinned' | 'text' | 'onChange' | 'onBlur'> & { name: string; own: string };

/** What stands in for a missing value: the expression's own default, the template's, or one of this broadcast; else the person is skipped. */
function Fallback({ name, source, own, number, pinned, text, onChange, onBlur }: FallbackProps) {
  const expression = expressionOf(source);
  const known = [expression ?? '', own, number].map((each) => pinned.variables[each]?.fallback ?? '').find((each) => each !== '');
  if (expression?.includes('|')) return <span className="text-table text-muted-foreground">As the expression says</span>;
  if (known) return <span className="text-table">{`“${known}”`}<span className="block text-caption text-muted-foreground">from the template</span></span>;
  if (expression === null || !/^[A-Za-z_][\w.-]*$/.test(expression)) return <span className="text-table text-muted-foreground">{source.trim() === '' ? '–' : 'Skip them'}</span>;
  const field = fieldOf(expression);
  const { [field]: rule, ...others } = text.missingValues;
  const write = (value: string) => onChange({ missingValues: value.trim() === '' ? others : { ...others, [field]: { policy: 'default', value } } });
  return <Input aria-label={`Instead of ${name}`} className="sm:min-w-24" placeholder="Skip them" maxLength={200} autoComplete="off" value={rule?.policy === 'default' ? rule.value ?? '' : ''} onBlur={onBlur} onChange={(event) => write(event.target.value)} />;
}
