import type { FilterCondition, FilterDefinition } from '#server/domain/audience/schema.ts';
import type { ListContactsInput } from '#server/domain/contact/schema.ts';

type Group = FilterDefinition['groups'][number];

/** The list of contacts as it is shown, as a question that can be kept: the saved filter it started from, and what was added. */
export function definitionOf(view: Pick<ListContactsInput, 'search' | 'list' | 'tag'>, started: FilterDefinition | null): FilterDefinition {
  const chosen: FilterCondition[] = [];
  if (view.list) chosen.push({ kind: 'list', operator: 'in', list: view.list });
  if (view.tag) chosen.push({ kind: 'tag', operator: 'has', tag: view.tag });
  const words = (view.search ?? '').split(/\s+/).filter((word) => word !== '').slice(0, 6);
  return { groups: [...(started?.groups ?? []), ...(chosen.length > 0 ? [{ match: 'all', conditions: chosen } satisfies Group] : []), ...words.map(groupOf)].slice(0, 10) };
}

/** A word is a part of the name, the e-mail or the number. */
const groupOf = (word: string): Group => {
  const digits = word.replaceAll(/\D/g, '');
  const isNumber = digits.length >= 2 && /^[\d+().\-/]+$/.test(word);
  const fields = isNumber ? [{ field: 'phone', value: digits }] : [{ field: 'firstName', value: word }, { field: 'lastName', value: word }, { field: 'email', value: word }];
  return { match: 'any', conditions: fields.map(({ field, value }) => ({ kind: 'field', field, operator: 'contains', value })) };
};
