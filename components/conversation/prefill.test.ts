import { expect, test } from 'vitest';
import { emptyContent } from '#server/channels/whatsapp/template.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';
import { prefill } from './prefill.ts';

const pinned = (body: string, positions: string[], variables: PinnedView['variables'] = {}): PinnedView => ({
  id: 'v', templateId: 't', number: 1, contentSid: `HX${'0'.repeat(32)}`, name: 'answer', language: 'en', status: 'approved', category: 'utility', content: { ...emptyContent(), body }, positions, variables,
});
const ada: ContactView = {
  id: 'c', phone: '+12025550100', email: null, firstName: 'Ada', lastName: null, fields: { city: 'Portland' }, tags: [], timeZone: null, consentSource: null, consentAt: null, optedOut: false, optedOutAt: null,
  optedOutSource: null, lists: [], createdAt: '', updatedAt: '',
};

test('positions take what is known of the person', () => {
  expect(prefill(pinned('Hi {{1}} in {{2}}', ['firstName', 'city']), ada, 'typed')).toEqual({ 1: 'Ada', 2: 'Portland' });
});

test('what was typed goes to the one position that is left empty, on one line as Twilio wants it', () => {
  expect(prefill(pinned('Hi {{1}}, about your question: {{2}}', ['firstName', 'answer']), ada, 'Yes,\nwe do')).toEqual({ 1: 'Ada', 2: 'Yes, we do' });
});

test('with two empty positions nobody can know where it belongs', () => {
  expect(prefill(pinned('{{1}} {{2}}', ['answer', 'more']), ada, 'Yes')).toEqual({ 1: '', 2: '' });
});

test('a stranger gets the fallback of the author, and an expression that is none leaves its position to people', () => {
  expect(prefill(pinned('Hi {{1}}', ['firstName'], { firstName: { sample: 'Ann', fallback: 'there' } }), null, '')).toEqual({ 1: 'there' });
  expect(prefill(pinned('Hi {{1}}', ['first name |'], {}), ada, 'Yes')['1'] ?? 'Yes').toBe('Yes');
});
