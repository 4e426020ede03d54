'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowLeft, ArrowRight, Ellipsis, TextCursorInput } from 'lucide-react';
import { useState } from 'react';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { DropdownMenu, MenuItem } from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table.tsx';
import { piecesOf, positionsOf } from '#server/channels/whatsapp/mapping.ts';
import type { TemplateVariable } from '#server/channels/whatsapp/template.ts';
import type { VariableFacts } from '#server/domain/template/schema.ts';
import { moveExpression, renameExpression } from './edits.ts';
import { partId, sampleId } from './select-place.ts';
import type { EditedTemplate } from './use-template-draft.ts';

/** P49: position by position, what fills it, and what people really have. It follows the text: nobody types a number. */
export function VariablesCard({ draft, errorOf }: { draft: EditedTemplate; errorOf: (control: string) => string | undefined }) {
  const positions = positionsOf(draft.now.content);
  const { data: facts } = useQuery(useTRPC().template.variableFacts.queryOptions({ expressions: positions.slice(0, 100) }, { enabled: positions.length > 0, staleTime: 60_000, placeholderData: keepPreviousData }));
  if (positions.length === 0) return <Card title="Variables"><p className="text-body text-muted-foreground">Put a field into the text, and it gets its number, its sample and its fallback here.</p></Card>;
  return (
    <Card title="Variables" description="Meta’s reviewers see the sample. The fallback stands in for people without a value; without one they are skipped." isFlush>
      <Table caption="Variables of the template by position">
        <TableHeader><TableHead>Position</TableHead><TableHead>Field or expression</TableHead><TableHead>Sample</TableHead><TableHead>Fallback</TableHead><TableHead>Real values</TableHead><TableHead><span className="sr-only">Move</span></TableHead></TableHeader>
        <TableBody>
          {positions.map((expression, index) => <Variable key={index} draft={draft} expression={expression} index={index} fact={facts?.[expression]} error={errorOf(sampleId(index))} />)}
        </TableBody>
      </Table>
    </Card>
  );
}

type VariableProps = { draft: EditedTemplate; expression: string; index: number; fact: VariableFacts[string] | undefined; error: string | undefined };

function Variable({ draft, expression, index, fact, error }: VariableProps) {
  const variable = draft.now.variables[expression] ?? { sample: '', fallback: '' };
  const save = () => void draft.save();
  const number = `{{${index + 1}}}`;
  const write = (part: Partial<TemplateVariable>, key: string) => draft.change({ ...draft.now, variables: { ...draft.now.variables, [expression]: { ...variable, ...part } } }, `${key}-${expression}`);
  return (
    <TableRow>
      <TableCell><code className="font-mono">{number}</code></TableCell>
      <TableCell label="Field"><ExpressionInput key={expression} number={number} expression={expression} onChange={(to) => { draft.change(renameExpression(draft.now, expression, to)); save(); }} /></TableCell>
      <TableCell label="Sample">
        <Input id={sampleId(index)} aria-label={`Sample of ${number}`} aria-invalid={error ? true : undefined} className="min-w-20" autoComplete="off" value={variable.sample} maxLength={1_600} onBlur={save} onChange={(event) => write({ sample: event.target.value }, 'sample')} />
      </TableCell>
      <TableCell label="Fallback"><Input aria-label={`Fallback of ${number}`} className="min-w-20" placeholder="Skip" autoComplete="off" value={variable.fallback} maxLength={1_600} onBlur={save} onChange={(event) => write({ fallback: event.target.value }, 'fallback')} /></TableCell>
      <TableCell label="Real values"><RealValues fact={fact} longest={Math.max(fact?.longest.length ?? 0, variable.sample.length, variable.fallback.length)} /></TableCell>
      <TableCell><MoveMenu draft={draft} expression={expression} number={number} /></TableCell>
    </TableRow>
  );
}

/** What the contacts have: the longest value, who has none, and how many characters there may be. */
function RealValues({ fact, longest }: { fact: VariableFacts[string] | undefined; longest: number }) {
  return (
    <span className="block text-caption text-muted-foreground tabular-nums">
      {fact ? <><span className="line-clamp-2 break-words text-foreground">{fact.longest === '' ? 'None' : `Longest “${fact.longest}”`}</span><span className="block">Empty for {formatNumber(fact.lacking)} of {formatNumber(fact.people)}</span></> : null}
      <span className="block">{formatCount(longest, 'character')}</span>
    </span>
  );
}

/** The name of the field; it counts when it is finished, not letter by letter. */
function ExpressionInput({ number, expression, onChange }: { number: string; expression: string; onChange: (expression: string) => void }) {
  const [typed, setTyped] = useState(expression);
  const finish = () => { if (typed.trim() !== expression) onChange(typed); if (typed.trim() === '') setTyped(expression); };
  return (
    <Input
      aria-label={`Field of ${number}`} className="min-w-28 font-mono text-table" autoComplete="off" spellCheck={false} value={typed} maxLength={500} onBlur={finish}
      onChange={(event) => setTyped(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter') finish(); if (event.key === 'Escape') setTyped(expression); }}
    />
  );
}

/** What dragging does with a mouse, for everybody else (WCAG 2.5.7). */
function MoveMenu({ draft, expression, number }: { draft: EditedTemplate; expression: string; number: string }) {
  const { content } = draft.now;
  const move = (by: 1 | -1) => {
    const body = moveExpression(content.body, expression, by);
    if (body !== null) draft.change({ ...draft.now, content: { ...content, body } });
  };
  const show = () => setTimeout(() => {
    const piece = piecesOf(content.body).find((one) => one.expression === expression);
    const area = document.getElementById(partId('body'));
    area?.focus();
    if (piece && area instanceof HTMLTextAreaElement) area.setSelectionRange(piece.from, piece.to);
  }, 50);
  return (
    <DropdownMenu align="end" trigger={<IconButton size="sm" label={`Move ${number}`} icon={<Ellipsis aria-hidden />} />}>
      <MenuItem disabled={moveExpression(content.body, expression, -1) === null} onSelect={() => move(-1)} icon={<ArrowLeft aria-hidden />}>Move earlier in the text</MenuItem>
      <MenuItem disabled={moveExpression(content.body, expression, 1) === null} onSelect={() => move(1)} icon={<ArrowRight aria-hidden />}>Move later in the text</MenuItem>
      <MenuItem onSelect={show} icon={<TextCursorInput aria-hidden />}>Select in the text</MenuItem>
    </DropdownMenu>
  );
}
