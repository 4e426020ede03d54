'use client';

import { SlidersHorizontal, X } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { formatDay } from '#components/format/time.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { Select } from '#components/ui/select.tsx';
import type { ListChoices } from '#server/domain/broadcast/schema.ts';
import { dayIn, listHref, listInputFrom } from './list-query.ts';

/** Sender, author and the days of the start, behind one button; those in force stand beside it, each with its way off. */
export function MoreFilters({ choices }: { choices: ListChoices | undefined }) {
  const router = useRouter();
  const query = useSearchParams();
  const { sender, author, from, to } = listInputFrom(query);
  const change = (changes: Record<string, string | null>) => router.replace(listHref(query, changes), { scroll: false });
  const authorName = choices?.authors.find(({ value }) => value === author)?.name ?? 'this person';
  return (
    <>
      <Popover label="More filters" align="end" className="grid w-72 gap-3" trigger={<Button icon={<SlidersHorizontal aria-hidden />}>More filters</Button>}>
        <Field label="Sender">
          <Select value={sender ?? ''} onChange={(event) => change({ sender: event.target.value })}>
            <option value="">All senders</option>
            <Options chosen={sender} choices={choices?.senders.map((choice) => ({ ...choice, label: senderLabel(choice.value) }))} fallback={sender ? senderLabel(sender) : ''} />
          </Select>
        </Field>
        <Field label="Written by">
          <Select value={author ?? ''} onChange={(event) => change({ author: event.target.value })}>
            <option value="">Everybody</option>
            <Options chosen={author} choices={choices?.authors.map((choice) => ({ ...choice, label: choice.name }))} fallback={authorName} />
          </Select>
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Starts from"><DayInput value={from} max={to} onChange={(day) => change({ from: day })} /></Field>
          <Field label="Starts until"><DayInput value={to} min={from} onChange={(day) => change({ to: day })} /></Field>
        </div>
      </Popover>
      {sender ? <Chip what={`From ${senderLabel(sender)}`} onRemove={() => change({ sender: null })} /> : null}
      {author ? <Chip what={`By ${authorName}`} onRemove={() => change({ author: null })} /> : null}
      {from || to ? <Chip what={daysLabel(from, to)} onRemove={() => change({ from: null, to: null })} /> : null}
    </>
  );
}

/** A day whose year is typed digit by digit: only whole days, and none, are told. */
function DayInput({ value = '', min = '2000-01-01', max, onChange }: { value: string | undefined; min?: string | undefined; max?: string | undefined; onChange: (day: string | null) => void }) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) { setSeen(value); setText(value); }
  const type = (next: string) => {
    setText(next);
    if (next === '' || dayIn(next)) onChange(next || null);
  };
  return <Input type="date" min={min} max={max} className="px-2" value={text} onChange={(event) => type(event.target.value)} />;
}

/** What is chosen keeps its place also where nothing is left of it, so that nothing is narrowed unseen. */
export function Options({ chosen, choices = [], fallback }: { chosen: string | undefined; choices: Array<{ value: string; label: string; count: number }> | undefined; fallback: string }) {
  const isListed = chosen === undefined || choices.some(({ value }) => value === chosen);
  return (
    <>
      {isListed ? null : <option value={chosen}>{fallback}</option>}
      {choices.map(({ value, label, count }) => <option key={value} value={value}>{label} ({formatNumber(count)})</option>)}
    </>
  );
}

const Chip = ({ what, onRemove }: { what: string; onRemove: () => void }) =>
  <Button icon={<X aria-hidden />} onClick={onRemove} aria-label={`Remove the filter: ${what}`}><span className="max-w-64 truncate">{what}</span></Button>;

const senderLabel = (address: string) => `${formatPhone(address)}${address.startsWith('whatsapp:') ? ', WhatsApp' : ''}`;
const asDay = (day: string) => formatDay(new Date(`${day}T12:00:00Z`), 'UTC');

/** "24 Nov 2026 to 1 Dec 2026" */
export function daysLabel(from: string | undefined, to: string | undefined): string {
  if (from && to) return from === to ? asDay(from) : `${asDay(from)} to ${asDay(to)}`;
  return from ? `From ${asDay(from)}` : `Until ${asDay(to ?? '')}`;
}
