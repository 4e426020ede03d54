'use client';

import { X } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import type { AudienceVocabulary, FilterCondition } from '#server/domain/audience/schema.ts';
import { ConditionValue } from './condition-value.tsx';
import { emptyCondition, fieldOperators, lackOf, needsValue, operatorsOf, ownFacts, type FieldOperator, type Kind } from './condition.ts';

export type ConditionRowProps = {
  /** "condition 2 of group 1", for the names of the controls. */
  place: string;
  id: string;
  condition: FilterCondition;
  vocabulary: AudienceVocabulary | undefined;
  /** Says what is missing. Not while somebody is still on the way to it. */
  showsLack: boolean;
  onChange: (condition: FilterCondition) => void;
  onRemove: () => void;
};

/** What, how, and with what it is compared: a sentence of three controls. */
export function ConditionRow(props: ConditionRowProps) {
  const { place, id, condition, vocabulary, showsLack, onChange, onRemove } = props;
  const lack = lackOf(condition);
  return (
    <div role="group" aria-label={capital(place)} className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,5fr)_auto]">
      <Select id={id} aria-label={`What, ${place}`} className="max-sm:col-start-1" value={subjectOf(condition)} onChange={(event) => onChange(conditionOf(event.target.value))}>
        <Subjects vocabulary={vocabulary} current={condition} />
      </Select>
      <IconButton label={`Remove ${place}`} icon={<X aria-hidden />} onClick={onRemove} className="max-sm:col-start-2 max-sm:row-start-1 sm:order-last" />
      <Select aria-label={`How, ${place}`} className="max-sm:col-span-2" value={condition.operator} onChange={(event) => onChange(withOperator(condition, event.target.value))}>
        {operatorOptions(condition).map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </Select>
      <div className="min-w-0 max-sm:col-span-2">
        <ConditionValue {...props} />
        {showsLack && lack ? <p className="mt-1 text-table font-medium text-destructive"><span className="sr-only">Error: </span>{lack}</p> : null}
      </div>
    </div>
  );
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The first control holds kind and field in one: "field firstName", "tag". */
const subjectOf = (condition: FilterCondition): string => {
  if (condition.kind !== 'field') return condition.kind;
  return `field ${condition.field}`;
};

const kindLabels: Record<Exclude<Kind, 'field'>, string> = { tag: 'Tag', list: 'List', messaged: 'Messages', broadcast: 'A broadcast', added: 'Added', consent: 'Consent' };
const kinds: Exclude<Kind, 'field'>[] = ['tag', 'list', 'messaged', 'broadcast', 'added', 'consent'];

function conditionOf(subject: string): FilterCondition {
  const kind = kinds.find((each) => each === subject);
  return kind ? emptyCondition(kind) : emptyCondition('field', subject.replace(/^field /, ''));
}

function Subjects({ vocabulary, current }: { vocabulary: AudienceVocabulary | undefined; current: FilterCondition }) {
  const own = (vocabulary?.fields ?? []).map(({ name }) => ({ field: `fields.${name}`, label: name }));
  const known = [...ownFacts, ...own].map(({ field }) => field);
  const typed = current.kind === 'field' && !known.includes(current.field) ? current.field : 'fields.';
  return (
    <>
      <optgroup label="Facts">{ownFacts.map(({ field, label }) => <option key={field} value={`field ${field}`}>{label}</option>)}</optgroup>
      <optgroup label="Tags, lists and messages">{kinds.map((kind) => <option key={kind} value={kind}>{kindLabels[kind]}</option>)}</optgroup>
      <optgroup label="Own fields">
        {own.map(({ field, label }) => <option key={field} value={`field ${field}`}>{label}</option>)}
        <option value={`field ${typed}`}>{typed === 'fields.' ? 'Another field…' : `Another field: ${typed.replace(/^fields\./, '')}`}</option>
      </optgroup>
    </>
  );
}

const fieldChoices = (Object.keys(fieldOperators) as FieldOperator[]).map((value) => ({ value, label: fieldOperators[value] })); // keys of an object literal are those of its type

const operatorOptions = (condition: FilterCondition): readonly { value: string; label: string }[] => (condition.kind === 'field' ? fieldChoices : operatorsOf[condition.kind]);

function withOperator(condition: FilterCondition, chosen: string): FilterCondition {
  switch (condition.kind) {
    case 'field': {
      const operator = fieldChoices.find(({ value }) => value === chosen)?.value ?? condition.operator;
      return { ...condition, operator, ...(needsValue(operator) ? { value: condition.value ?? '' } : {}) };
    }
    case 'tag': return { ...condition, operator: pick(operatorsOf.tag, chosen, condition.operator) };
    case 'list': return { ...condition, operator: pick(operatorsOf.list, chosen, condition.operator) };
    case 'messaged': return { ...condition, operator: pick(operatorsOf.messaged, chosen, condition.operator) };
    case 'broadcast': return { ...condition, operator: pick(operatorsOf.broadcast, chosen, condition.operator) };
    case 'added': return { ...condition, operator: pick(operatorsOf.added, chosen, condition.operator) };
    case 'consent': return { ...condition, operator: pick(operatorsOf.consent, chosen, condition.operator) };
  }
}

const pick = <Value extends string>(options: readonly { value: Value }[], chosen: string, before: Value): Value => options.find(({ value }) => value === chosen)?.value ?? before;
