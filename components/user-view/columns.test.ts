import { expect, test } from 'vitest';
import { hiddenIn, hideValue, viewQuery } from './columns.ts';

const columns = [{ key: 'cost', label: 'Cost' }, { key: 'time', label: 'Time' }] as const;
const query = (text: string) => new URLSearchParams(text);

test('the address names the columns that are left out; unknown ones are passed over', () => {
  expect([...hiddenIn(query('hide=time,nonsense'), columns)]).toEqual(['time']);
  expect([...hiddenIn(query(''), columns)]).toEqual([]);
  expect(hideValue(new Set(['time']), 'cost', false)).toBe('time,cost');
  expect(hideValue(new Set(['time']), 'time', true)).toBeNull();
});

test('a view is search, filters and columns, not the place in the list; the order of the address does not matter', () => {
  expect(viewQuery(query('status=failed&p=3&search=&hide=cost&open=x&live=1'))).toBe('hide=cost&status=failed');
  expect(viewQuery(query('hide=cost&status=failed'))).toBe(viewQuery(query('status=failed&hide=cost')));
});
