import { expect, test } from 'vitest';
import { eventWords } from './event-words.ts';

const ann = { id: 'a', name: 'Ann' };
const words = (extra: Record<string, unknown>, author: typeof ann | null = ann) => eventWords({ author, rule: null, extra, body: '' });

test('what colleagues did is told as a sentence', () => {
  expect(words({ event: 'assigned', to: { id: 'b', name: 'Ben' } })).toBe('Ann assigned it to Ben');
  expect(words({ event: 'assigned', to: ann })).toBe('Ann took it');
  expect(words({ event: 'assigned', to: null })).toBe('Ann assigned it to nobody');
  expect(words({ event: 'closed' })).toBe('Ann closed it');
  expect(words({ event: 'snoozed', until: '2099-01-02T09:00:00.000Z' })).toMatch(/^Ann snoozed it until 2 Jan 2099/);
});

test('without a colleague it happened by itself, or a rule did it', () => {
  expect(words({ event: 'reopened' }, null)).toBe('It is open again');
  expect(eventWords({ author: null, rule: { id: 'r', name: 'Hours' }, extra: { event: 'assigned', to: ann }, body: '' })).toBe('The rule Hours assigned it to Ann');
  expect(words({ event: 'something new' }, null)).toBe('Changed it');
});
