import { codeOf, isCopyCode } from '../authentication.ts';
import { guessCategory } from '../category.ts';
import { expressionsIn } from '../mapping.ts';
import { categoryWord, emptyContent, type TemplateButton, type TemplateCategory } from '../template.ts';
import { at, error, warning, type TemplateDraft, type TemplateFault, type TemplateFix } from './fault.ts';

const CODE = 15; // characters

export const setCategory = (category: TemplateCategory): TemplateFix => ({ label: `Change the category to ${categoryWord[category]}`, apply: (draft) => ({ ...draft, category }) });

/** Meta's own text with its one variable. */
export const asOneTimeCode: TemplateFix = {
  label: 'Use Meta’s text for one-time codes',
  apply: (draft) => ({ ...draft, category: 'authentication', content: { ...emptyContent('authentication'), buttons: [codeButton(codeOf(draft.content) ?? expressionsIn(draft.content.body)[0] ?? 'code')] } }),
};

const codeButton = (expression: string): TemplateButton => ({ type: 'copy_code', title: 'Copy code', code: `{{${expression}}}` });

export const categoryFaults = (draft: TemplateDraft): TemplateFault[] =>
  (draft.content.type === 'authentication' ? authenticationFaults(draft) : draft.content.type === 'other' ? [] : [...plainFaults(draft)]);

function plainFaults({ category, content }: TemplateDraft): TemplateFault[] {
  if (category === 'authentication') return [error('not_authentication', at('category'), 'The category Authentication is for one-time codes in Meta’s own text only.', asOneTimeCode)];
  const guess = guessCategory(content);
  if (!guess || guess.category === category) return [];
  const label = categoryWord[guess.category];
  if (guess.category === 'authentication') return [warning('category_guess', at('category'), `It reads like a one-time code: ${guess.because}. Meta takes codes as Authentication only.`, asOneTimeCode)];
  const consequence = guess.category === 'marketing' ? `As ${categoryWord[category]} it would be rejected, or made Marketing by Meta.` : `As ${label} it costs less, if it offers nothing.`;
  return [warning('category_guess', at('category'), `It reads like ${label}: ${guess.because}. ${consequence}`, setCategory(guess.category))];
}

function authenticationFaults({ category, content, variables }: TemplateDraft): TemplateFault[] {
  const index = content.buttons.findIndex(isCopyCode);
  const code = codeOf(content);
  const place = { part: 'button' as const, index: index < 0 ? null : index, from: null, to: null, field: 'code' as const };
  const button = content.buttons[index];
  const sample = code === null ? '' : variables[code]?.sample ?? '';
  const isAlone = button?.type === 'copy_code' && code !== null && button.code.trim() === `{{${code}}}`;
  return [
    ...(category === 'authentication' ? [] : [error('authentication_category', at('category'), 'One-time codes have the category Authentication.', setCategory('authentication'))]),
    ...(isAlone ? [] : [error('no_code', place, 'Say which field holds the code, and nothing else: it is the only variable.', asOneTimeCode)]),
    ...(sample.length > CODE || /https?:|\p{Extended_Pictographic}/u.test(sample.replace(/\d/g, '')) ? [error('code_sample', place, `A code has ${CODE} characters at most, and no address or emoji.`)] : []),
  ];
}
