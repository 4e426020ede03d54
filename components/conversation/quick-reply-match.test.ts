import { expect, test } from 'vitest';
import { matchingReplies, slashAt } from './quick-reply-match.ts';

test('a slash that begins a word opens the menu; one inside of an address or a date does not', () => {
  expect(slashAt('/', 1)).toEqual({ from: 0, typed: '' });
  expect(slashAt('Hello /ho', 9)).toEqual({ from: 6, typed: 'ho' });
  expect(slashAt('https://acme', 12)).toBeNull();
  expect(slashAt('24/12', 5)).toBeNull();
  expect(slashAt('/hours today', 12)).toBeNull();
});

test('the beginning of a name counts before its middle, and that before the text', () => {
  const replies = ['Shop hours', 'Hours', 'Thanks'].map((name, i) => ({ id: `${i}`, name, text: name === 'Thanks' ? 'We answer within hours' : name }));
  expect(matchingReplies(replies, 'ho').map(({ name }) => name)).toEqual(['Hours', 'Shop hours', 'Thanks']);
  expect(matchingReplies(replies, 'zz')).toEqual([]);
});
