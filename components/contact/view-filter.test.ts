import { expect, test } from 'vitest';
import { filterDefinition } from '#server/domain/audience/schema.ts';
import { definitionOf } from './view-filter.ts';

test('what the list of contacts shows becomes a filter: list and tag, each word of the search, and the filter it started from', () => {
  const started = filterDefinition.parse({ groups: [{ match: 'any', conditions: [{ kind: 'consent', operator: 'has' }] }] });
  const definition = definitionOf({ search: 'ada 0132', list: 'friends', tag: 'vip' }, started);
  expect(filterDefinition.parse(definition)).toEqual(definition);
  expect(definition.groups.map(({ match, conditions }) => `${match} of ${conditions.length}`)).toEqual(['any of 1', 'all of 2', 'any of 3', 'any of 1']);
  expect(definition.groups[3]?.conditions).toEqual([{ kind: 'field', field: 'phone', operator: 'contains', value: '0132' }]);
});

test('a list of everybody becomes a filter without conditions', () => {
  expect(definitionOf({ search: '' }, null)).toEqual({ groups: [] });
});
