import type { Draft, DraftProblem, Warning } from '../channel.ts';
import { textFault } from '../text.ts';
import { positionsOfPinned, sourceOf, type PinnedTemplate, type TemplateStatus } from './template.ts';

/** WhatsApp takes one file per message. */
const MOST_MEDIA = 1;

export const hasFreeform = ({ content, mediaUrls }: Pick<Draft, 'content' | 'mediaUrls'>): boolean => content.trim() !== '' || mediaUrls.length > 0;

/** P6, P48, P49: what must be mended before a WhatsApp broadcast can be sent. */
export function whatsappProblems(draft: Draft): DraftProblem[] {
  if (!hasFreeform(draft) && !draft.templateSid) return [{ field: 'templateSid', code: 'empty', message: 'Choose a template, or write a text for people who wrote within the last 24 hours.' }];
  return [...freeformProblems(draft), ...templateProblems(draft)];
}

function freeformProblems({ content, mediaUrls }: Draft): DraftProblem[] {
  const fault = textFault(content);
  return [
    ...(fault ? [{ field: 'content' as const, code: 'invalid_placeholder', message: `A placeholder is not written right: ${fault}. Use the form {{firstName}}.` }] : []),
    ...(mediaUrls.length > MOST_MEDIA ? [{ field: 'mediaUrls' as const, code: 'too_many_media', message: 'WhatsApp takes one file per message. Keep one of them.' }] : []),
  ];
}

const notApproved: Record<Exclude<TemplateStatus, 'approved'>, string> = {
  draft: 'has not been submitted yet. Submit it for approval, or choose another one',
  received: 'is waiting for its approval, which takes minutes to two days', pending: 'is waiting for its approval, which takes minutes to two days',
  rejected: 'was rejected. Correct it and submit it again, or choose another one',
  paused: 'is paused by Meta because people blocked or reported it. It comes back by itself after some hours; or choose another one',
  disabled: 'was disabled by Meta. Choose another one',
};

function templateProblems({ templateSid, template, templateVariables }: Draft): DraftProblem[] {
  const problem = (message: string): DraftProblem[] => [{ field: 'templateSid', code: 'template_not_approved', message }];
  if (!templateSid) return [];
  if (!template) return problem(`The template ${templateSid} is not known here. Choose one of the templates, or press Sync on their page.`);
  if (template.status !== 'approved') return problem(`The template ${template.name} (${template.language}) ${notApproved[template.status]}.`);
  return mappingProblems(template, templateVariables);
}

/** P48: keys are the template's positions, 1, 2, 3 …; P49: none of them stays without an expression. */
function mappingProblems(template: PinnedTemplate, mapping: Record<string, string> | null): DraftProblem[] {
  const problem = (code: string, message: string): DraftProblem => ({ field: 'templateVariables', code, message });
  const positions = positionsOfPinned(template);
  const keys = Object.keys(mapping ?? {});
  const names = keys.filter((key) => !/^[1-9]\d*$/.test(key));
  if (names.length > 0) return [problem('invalid_position', `The keys of a template's variables are positions, "1", "2" and so on; ${names.map((name) => `"${name}"`).join(', ')} is none.`)];
  const unknown = keys.filter((key) => !positions.includes(key));
  if (unknown.length > 0) return [problem('unknown_position', `The template ${template.name} has ${positions.length === 0 ? 'no variables' : `the positions ${positions.join(', ')}`}; ${unknown.join(', ')} is not among them.`)];
  const unmapped = positions.filter((number) => sourceOf(template, mapping, number).trim() === '');
  if (unmapped.length > 0) return [problem('template_variable_unmapped', `Say what fills {{${unmapped.join('}}, {{')}}} of the template ${template.name}.`)];
  return positions.flatMap((number) => {
    const fault = textFault(sourceOf(template, mapping, number));
    return fault ? [problem('invalid_placeholder', `The expression of {{${number}}} is not written right: ${fault}. Use the form {{contact.firstName}}.`)] : [];
  });
}

/** What of it does not reach everybody, and why. */
export function whatsappWarnings(draft: Draft): Warning[] {
  const { template } = draft;
  return [
    ...(template?.category === 'marketing' ? [{ code: 'marketing_us', title: 'Marketing does not reach the United States', detail: 'Meta delivers no marketing templates to US numbers (+1). They are skipped, and cost nothing.' }] : []),
    ...(hasFreeform(draft) && !draft.templateSid ? [{ code: 'no_template', title: 'Only people who wrote within 24 hours get it', detail: 'Without a template nobody else may be written to: they are skipped. Choose a template for them.' }] : []),
  ];
}
