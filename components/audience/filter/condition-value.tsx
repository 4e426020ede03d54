'use client';

import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { AudienceVocabulary, FilterCondition } from '#server/domain/audience/schema.ts';
import type { ConditionRowProps } from './condition-row.tsx';
import { lackOf, needsValue, ownFacts } from './condition.ts';

/** The control for what a condition compares with. */
export function ConditionValue({ place, condition, vocabulary, showsLack, onChange }: ConditionRowProps) {
  const wiring = { 'aria-label': `With what, ${place}`, 'aria-invalid': (showsLack && lackOf(condition) !== null) || undefined };
  switch (condition.kind) {
    case 'field': return <FieldValue condition={condition} vocabulary={vocabulary} place={place} wiring={wiring} onChange={onChange} />;
    case 'tag': return <Suggested wiring={wiring} value={condition.tag} suggestions={(vocabulary?.tags ?? []).map(({ tag }) => tag)} placeholder="vip" onChange={(tag) => onChange({ ...condition, tag })} />;
    case 'list': return <ListSelect wiring={wiring} value={condition.list} onChange={(list) => onChange({ ...condition, list })} />;
    case 'broadcast': return <BroadcastSelect wiring={wiring} value={condition.broadcastId} onChange={(broadcastId) => onChange({ ...condition, broadcastId })} />;
    case 'messaged': case 'added': return <Days wiring={wiring} value={condition.days} onChange={(days) => onChange({ ...condition, days })} />;
    case 'consent': return null;
  }
}

type Wiring = { 'aria-label': string; 'aria-invalid': true | undefined };
type FieldValueProps = { condition: Extract<FilterCondition, { kind: 'field' }>; vocabulary: AudienceVocabulary | undefined; place: string; wiring: Wiring; onChange: (condition: FilterCondition) => void };

function FieldValue({ condition, vocabulary, place, wiring, onChange }: FieldValueProps) {
  const own = vocabulary?.fields.find(({ name }) => condition.field === `fields.${name}`);
  const isTyped = own === undefined && vocabulary !== undefined && !ownFacts.some(({ field }) => field === condition.field);
  return (
    <div className="grid gap-2 sm:flex">
      {isTyped ? <Input aria-label={`Name of the field, ${place}`} placeholder="Name of the field" className="font-mono" maxLength={50} autoComplete="off" value={condition.field.replace(/^fields\./, '')} onChange={(event) => onChange({ ...condition, field: `fields.${event.target.value.trim()}` })} /> : null}
      {needsValue(condition.operator) ? (
        <Suggested wiring={wiring} value={String(condition.value ?? '')} suggestions={own?.samples ?? []} placeholder={condition.field === 'country' ? 'US' : undefined} onChange={(value) => onChange({ ...condition, value })} />
      ) : null}
    </div>
  );
}

type SuggestedProps = { wiring: Wiring; value: string; suggestions: readonly string[]; placeholder?: string | undefined; onChange: (value: string) => void };

/** Free text, with values that occur as suggestions. */
function Suggested({ wiring, value, suggestions, placeholder, onChange }: SuggestedProps) {
  const list = useId();
  return (
    <>
      <Input {...wiring} list={suggestions.length > 0 ? list : undefined} placeholder={placeholder} maxLength={200} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
      {suggestions.length > 0 ? <datalist id={list}>{suggestions.map((suggestion) => <option key={suggestion} value={suggestion} />)}</datalist> : null}
    </>
  );
}

function Days({ wiring, value, onChange }: { wiring: Wiring; value: number; onChange: (days: number) => void }) {
  return (
    <span className="flex items-center gap-2">
      <Input {...wiring} aria-label={`${wiring['aria-label']}: days`} inputMode="numeric" className="max-w-24" maxLength={4} autoComplete="off" value={value > 0 ? String(value) : ''} onChange={(event) => onChange(Number(event.target.value.replaceAll(/\D/g, '')))} />
      <span className="text-body">days</span>
    </span>
  );
}

type ChoiceProps = { wiring: Wiring; value: string; onChange: (value: string) => void };

function ListSelect({ wiring, value, onChange }: ChoiceProps) {
  const trpc = useTRPC();
  const { data: lists = [] } = useQuery(trpc.audience.lists.queryOptions());
  const chosen = lists.find((list) => list.slug === value || list.id === value);
  return (
    <Select {...wiring} value={chosen?.id ?? value} onChange={(event) => onChange(event.target.value)}>
      <option value="">Choose a list</option>
      {value && !chosen ? <option value={value}>{value}</option> : null}
      {lists.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
    </Select>
  );
}

/** The latest that were sent; an older one that is chosen keeps its place. */
function BroadcastSelect({ wiring, value, onChange }: ChoiceProps) {
  const trpc = useTRPC();
  const { data: latest } = useQuery(trpc.broadcast.list.queryOptions({ ps: 100 }));
  const sent = latest?.data.filter(({ startedAt }) => startedAt !== null) ?? [];
  const isListed = value === '' || sent.some(({ id }) => id === value);
  const { data: chosen } = useQuery(trpc.broadcast.read.queryOptions({ id: value }, { enabled: latest !== undefined && !isListed, retry: false }));
  return (
    <Select {...wiring} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">Choose a broadcast</option>
      {isListed ? null : <option value={value}>{chosen?.name ?? 'An older broadcast'}</option>}
      {sent.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
    </Select>
  );
}
