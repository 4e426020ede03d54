import { expect, test } from 'vitest';
import { explainRejection, fixOf } from './rejection.ts';
import { templateFaults, type TemplateDraft } from './rules.ts';
import { emptyContent } from './template.ts';

const draft = (body: string, part: Partial<TemplateDraft> = {}): TemplateDraft =>
  ({ name: 'order_shipped', language: 'en', category: 'utility', variables: { order: { sample: '1', fallback: '' }, firstName: { sample: 'Ann', fallback: '' } }, content: { ...emptyContent(), body }, ...part });

test('P60: the place and the change beside Twilio’s words', () => {
  const before = draft('Hello, this is your order {{order}}');
  const rejection = explainRejection('Variables can\'t be at the start or end of the template.', before);
  expect(rejection).toMatchObject({ title: 'The text begins or ends with a variable', place: { part: 'body', from: 26, to: 35 }, fix: { label: 'End with “Thank you.”', code: 'ends_with_variable' } });
  expect(templateFaults(fixOf(rejection.fix!.code, before)!.apply(before)).map(({ code }) => code)).not.toContain('ends_with_variable');
});

test.each([
  ['INCORRECT_CATEGORY', 'The category does not fit the text', 'Change the category to Marketing'],
  ['TAG_CONTENT_MISMATCH', 'The category does not fit the text', 'Change the category to Marketing'],
  ['PROMOTIONAL', 'It advertises, and its category does not allow that', 'Change the category to Marketing'],
  ['Template contains marketing content but was submitted in the utility category', 'The category does not fit the text', 'Change the category to Marketing'],
  ['The message contains variables next to each other', 'Two variables stand side by side', 'Put a comma between'],
  ['SCAM', 'Meta takes it for fraud', undefined],
  ['ABUSIVE_CONTENT', 'It goes against Meta’s policy', undefined],
  ['Content already exists with the same content', 'Another template says the same', undefined],
  ['NONE', 'Meta gave no reason that is known here', undefined],
])('%s', (reason, title, label) => {
  const rejection = explainRejection(reason, draft('Hello {{firstName}} {{order}} we give you something today'));
  expect(rejection.title).toBe(title);
  expect(rejection.fix?.label).toBe(label);
});

test('a change that is not needed any more is not proposed', () => {
  const marketing = draft('Hello', { category: 'marketing' });
  expect(explainRejection('PROMOTIONAL', marketing).fix).toBeNull();
  expect(fixOf('set_marketing', marketing)).toBeNull();
  expect(fixOf('adjacent', marketing)).toBeNull();
});
