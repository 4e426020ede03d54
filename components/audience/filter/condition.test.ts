import { expect, test } from 'vitest';
import { filterDefinition } from '#server/domain/audience/schema.ts';
import { completeOf, emptyCondition, groupsFrom, lackOf, type EditedGroup, type Kind } from './condition.ts';

const kinds: Kind[] = ['field', 'tag', 'list', 'messaged', 'broadcast', 'added', 'consent'];
const group = (...conditions: EditedGroup['conditions'][number]['condition'][]): EditedGroup => ({ key: 0, match: 'all', conditions: conditions.map((condition, key) => ({ key, condition })) });

test('what is not complete yet is not counted, and what is left is a question that the server takes', () => {
  const complete = completeOf([group(...kinds.map((kind) => emptyCondition(kind))), group(emptyCondition('tag'))]);
  expect(complete.groups).toHaveLength(1);
  expect(complete.groups[0]?.conditions.map(({ kind }) => kind)).toEqual(['messaged', 'added', 'consent']);
  expect(filterDefinition.parse(complete)).toEqual(complete);
});

test('size is compared with a number, everything else as it was typed', () => {
  const complete = completeOf([group(
    { kind: 'field', field: 'fields.visits', operator: 'greater', value: '12' }, { kind: 'field', field: 'fields.since', operator: 'less', value: '2026-11-22' },
    { kind: 'field', field: 'fields.zip', operator: 'is', value: '01234' }, { kind: 'field', field: 'email', operator: 'empty', value: 'left over' },
  )]);
  expect(complete.groups[0]?.conditions.map((condition) => 'value' in condition ? condition.value : null)).toEqual([12, '2026-11-22', '01234', null]);
});

test('a stored definition comes back from the editor unchanged', () => {
  const stored = filterDefinition.parse({ groups: [{ match: 'any', conditions: [{ kind: 'tag', operator: 'has', tag: 'vip' }, { kind: 'list', operator: 'not_in', list: 'friends' }] }] });
  expect(completeOf(groupsFrom(stored))).toEqual(stored);
});

test('a condition says what it lacks', () => {
  expect(lackOf({ kind: 'field', field: 'fields.', operator: 'is', value: 'x' })).toBe('Enter the name of the field.');
  expect(lackOf({ kind: 'added', operator: 'within', days: 0 })).toBe('Enter days, 1 to 3650.');
  expect(lackOf({ kind: 'field', field: 'email', operator: 'not_empty' })).toBeNull();
});
