import { expressionsIn } from './mapping.ts';
import type { TemplateButton, TemplateContent } from './template.ts';

/** Meta writes these texts itself, in the language of the template; here they are shown in English. */
export function authenticationTexts(content: TemplateContent): { body: string; footer: string } {
  const code = codeOf(content);
  const advice = content.hasSecurityAdvice ? ' For your security, do not share this code.' : '';
  return {
    body: `*${code === null ? 'CODE' : `{{${code}}}`}* is your verification code.${advice}`,
    footer: content.codeExpirationMinutes === null ? '' : `This code expires in ${content.codeExpirationMinutes} minutes.`,
  };
}

/** The expression of the one variable that such a template has: what its button copies. */
export const codeOf = (content: TemplateContent): string | null => {
  const button = content.buttons.find(isCopyCode);
  return button ? expressionsIn(button.code)[0] ?? null : null;
};

export const isCopyCode = (button: TemplateButton): button is Extract<TemplateButton, { type: 'copy_code' }> => button.type === 'copy_code';

/** What is said to the reader: of an authentication template it is Meta's, whatever stands in ours. */
export const textsOf = (content: TemplateContent): { header: string; body: string; footer: string } =>
  content.type === 'authentication' ? { header: '', ...authenticationTexts(content) } : { header: content.header, body: content.body, footer: content.footer };
