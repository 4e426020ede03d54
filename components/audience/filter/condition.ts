import type { FilterCondition, FilterDefinition } from '#server/domain/audience/schema.ts';

export type Kind = FilterCondition['kind'];
type FieldCondition = Extract<FilterCondition, { kind: 'field' }>;
export type FieldOperator = FieldCondition['operator'];

/** A definition as it is edited: keys for React, and conditions that may lack their value yet. */
export type EditedCondition = { key: number; condition: FilterCondition };
export type EditedGroup = { key: number; match: 'all' | 'any'; conditions: EditedCondition[] };

export const MOST_GROUPS = 10;
export const MOST_CONDITIONS = 20;

/** Facts that every contact has, in the words of the contact page. */
export const ownFacts: readonly { field: string; label: string }[] = [
  { field: 'firstName', label: 'First name' }, { field: 'lastName', label: 'Last name' }, { field: 'phone', label: 'Phone' }, { field: 'email', label: 'E-mail' },
  { field: 'country', label: 'Country' }, { field: 'timeZone', label: 'Time zone' },
];

export const fieldOperators: Record<FieldOperator, string> = {
  is: 'is', is_not: 'is not', contains: 'contains', starts_with: 'starts with', greater: 'is more than', less: 'is less than', empty: 'is empty', not_empty: 'is not empty',
};

export const operatorsOf: { [K in Exclude<Kind, 'field'>]: readonly { value: Extract<FilterCondition, { kind: K }>['operator']; label: string }[] } = {
  tag: [{ value: 'has', label: 'has' }, { value: 'has_not', label: 'does not have' }],
  list: [{ value: 'in', label: 'is on' }, { value: 'not_in', label: 'is not on' }],
  messaged: [{ value: 'messaged', label: 'got one within' }, { value: 'not_messaged', label: 'got none within' }],
  broadcast: [{ value: 'delivered', label: 'was delivered' }, { value: 'not_delivered', label: 'was not delivered' }, { value: 'replied', label: 'was replied to' }],
  added: [{ value: 'within', label: 'within' }, { value: 'before', label: 'longer ago than' }],
  consent: [{ value: 'has', label: 'is recorded' }, { value: 'has_not', label: 'is not recorded' }],
};

export const needsValue = (operator: FieldOperator): boolean => operator !== 'empty' && operator !== 'not_empty';

/** A condition of the kind that was chosen, still without its value. `field` only for facts and own fields. */
export function emptyCondition(kind: Kind, field = 'firstName'): FilterCondition {
  switch (kind) {
    case 'field': return { kind, field, operator: 'is', value: '' };
    case 'tag': return { kind, operator: 'has', tag: '' };
    case 'list': return { kind, operator: 'in', list: '' };
    case 'messaged': return { kind, operator: 'not_messaged', days: 30 };
    case 'broadcast': return { kind, operator: 'delivered', broadcastId: '' };
    case 'added': return { kind, operator: 'within', days: 30 };
    case 'consent': return { kind, operator: 'has' };
  }
}

/** What a condition still lacks, in words; null: nothing. */
export function lackOf(condition: FilterCondition): string | null {
  switch (condition.kind) {
    case 'field':
      if (/^fields\.?$/.test(condition.field)) return 'Enter the name of the field.';
      return needsValue(condition.operator) && (condition.value === undefined || condition.value === '') ? 'Enter what it is compared with.' : null;
    case 'tag': return condition.tag.trim() === '' ? 'Enter a tag.' : null;
    case 'list': return condition.list === '' ? 'Choose a list.' : null;
    case 'broadcast': return condition.broadcastId === '' ? 'Choose a broadcast.' : null;
    case 'messaged': case 'added': return Number.isInteger(condition.days) && condition.days >= 1 && condition.days <= 3650 ? null : 'Enter days, 1 to 3650.';
    case 'consent': return null;
  }
}

export const groupsFrom = (definition: FilterDefinition): EditedGroup[] =>
  definition.groups.map((group, key) => ({ key, match: group.match, conditions: group.conditions.map((condition, at) => ({ key: at, condition })) }));

/** The question without what is not complete yet: that is counted while somebody goes on writing. */
export const completeOf = (groups: readonly EditedGroup[]): FilterDefinition => ({
  groups: groups.map(({ match, conditions }) => ({ match, conditions: conditions.filter(({ condition }) => lackOf(condition) === null).map(({ condition }) => sent(condition)) })).filter(({ conditions }) => conditions.length > 0),
});

/** Numbers go as numbers where size is compared; a value that the operator does not ask for stays behind. */
function sent(condition: FilterCondition): FilterCondition {
  if (condition.kind === 'tag') return { ...condition, tag: condition.tag.trim() };
  if (condition.kind !== 'field') return condition;
  const { value, ...rest } = condition;
  if (!needsValue(condition.operator) || value === undefined) return rest;
  const isSize = condition.operator === 'greater' || condition.operator === 'less';
  return { ...rest, value: isSize && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value };
}

export const nextKey = (things: readonly { key: number }[]): number => Math.max(-1, ...things.map(({ key }) => key)) + 1;
