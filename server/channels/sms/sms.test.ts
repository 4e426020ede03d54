import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft } from '../channel.ts';
import type { Person } from '../text.ts';
import { SMS_MAX_CHARACTERS, sms } from './index.ts';
import { countSegments } from './segments.ts';

const ann: Person = { contact: { phone: '+12025550101', email: null, firstName: 'Ann', lastName: null, fields: {} }, data: {} };
const draft = (values: Partial<Draft>): Draft => ({ content: 'Hi {{firstName}}', mediaUrls: [], templateSid: null, template: null, templateVariables: null, missingValues: {}, optOutLine: null, ...values });
const compose = (values: Partial<Draft>) => sms.prepare(draft(values)).compose(ann, { recipient: '+12025550101', isWindowOpen: false });

test('the opt-out line stands on a line of its own and is counted', () => {
  const body = 'Hi Ann\nReply STOP to opt out.';
  expect(compose({ optOutLine: 'Reply STOP to opt out.' })).toEqual({ method: 'sms', body, mediaUrls: [], segments: 1, missing: [] });
  expect(compose({ content: 'a'.repeat(150), optOutLine: 'Reply STOP to opt out.' })).toMatchObject({ segments: 2 });
});

test('a message that names STOP as a word gets no second line, wherever the word comes from', () => {
  expect(compose({ content: 'Text stop to leave', optOutLine: 'Reply STOP to opt out.' })).toMatchObject({ body: 'Text stop to leave' });
  expect(compose({ content: 'Hi {{lastName}}', missingValues: { lastName: { policy: 'default', value: 'STOP' } }, optOutLine: 'Reply STOP.' })).toMatchObject({ body: 'Hi STOP' });
  expect(compose({ content: 'Non-stoppable, unstop', optOutLine: 'Reply STOP.' })).toMatchObject({ body: 'Non-stoppable, unstop\nReply STOP.' });
});

test('D5: a person without a value is skipped where the rule says so, and else gets the text', () => {
  expect(compose({ content: 'Hi {{lastName}}' })).toMatchObject({ body: 'Hi ', missing: ['lastName'] });
  expect(compose({ content: 'Hi {{lastName}}', missingValues: { lastName: { policy: 'skip' } } })).toEqual({ skip: 'missing_variable', missing: ['lastName'] });
  expect(compose({ content: 'Hi {{lastName}}', missingValues: { 'contact.lastName': { policy: 'default', value: 'you' } } })).toMatchObject({ body: 'Hi you', missing: [] });
});

test('whatever is written, a message ends in its line or names STOP, and its segments are those of the body', () => {
  const words = fc.array(fc.constantFrom('stop', 'Stop!', 'sale', '{{firstName}}', '{{lastName}}', 'été', '’', '🎉'), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(words, (chosen) => {
    const composed = compose({ content: chosen.join(' '), optOutLine: 'Reply STOP.' });
    if ('skip' in composed) { expect(chosen.join('').replaceAll('{{lastName}}', '')).toBe(''); return; }
    expect(composed.body.endsWith('\nReply STOP.')).toBe(!chosen.some((word) => /stop/i.test(word)));
    expect(composed.segments).toBe(countSegments(composed.body).segments);
    expect([...composed.body].length).toBeLessThanOrEqual(SMS_MAX_CHARACTERS);
  }), { numRuns: 200 });
});

test('error 21617: a message that is too long with its line is not sent', () => {
  expect(compose({ content: 'a'.repeat(1_590) })).toHaveProperty('body');
  expect(compose({ content: 'a'.repeat(1_590), optOutLine: 'Reply STOP.' })).toEqual({ skip: 'message_too_long', missing: [] });
});
