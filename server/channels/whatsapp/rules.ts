import { at, error, type TemplateDraft, type TemplateFault } from './rules/fault.ts';
import { adviceFaults } from './rules/advice.ts';
import { buttonFaults } from './rules/buttons.ts';
import { categoryFaults } from './rules/category.ts';
import { linkFaults } from './rules/links.ts';
import { partFaults } from './rules/parts.ts';
import { placeholderFaults } from './rules/placeholders.ts';

export type { TemplateDraft, TemplateFault, TemplateFix, TemplatePlace } from './rules/fault.ts';
export { partsOf } from './rules/parts.ts';
export { buttonTypesOf } from './rules/buttons.ts';

/**
 * What Meta's reviewers and Twilio's checks would refuse (errors) or take amiss (warnings), each with its place and, where one change mends it, that
 * change. Pure: the editor shows it while somebody types, and the submit refuses by the same list. Rules of 2026: Twilio 63040, Meta's limits.
 */
export function templateFaults(draft: TemplateDraft): TemplateFault[] {
  const faults = [...nameFaults(draft.name), ...categoryFaults(draft), ...partFaults(draft), ...placeholderFaults(draft), ...buttonFaults(draft), ...linkFaults(draft), ...adviceFaults(draft)];
  return faults.toSorted((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'));
}

export const isBlocking = ({ severity }: TemplateFault): boolean => severity === 'error';

function nameFaults(name: string): TemplateFault[] {
  if (/^[a-z0-9_]{1,512}$/.test(name)) return [];
  const better = asName(name);
  const from = name.search(/[^a-z0-9_]/);
  return [error('name_pattern', at('name', from < 0 ? 0 : from, from < 0 ? name.length : from + 1), name.trim() === '' ? 'Give the template a name, like order_shipped.' : 'A name has small letters, digits and underscores only, and no more than 512 of them.', better === '' ? null : { label: `Name it ${better.length > 40 ? `${better.slice(0, 40)}…` : better}`, apply: (draft) => ({ ...draft, name: asName(draft.name) }) })];
}

/** "Order shipped!" → "order_shipped". */
export const asName = (typed: string): string => typed.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 512);
