import { setCategory } from './rules/category.ts';
import { at, type TemplateDraft, type TemplateFault, type TemplateFix, type TemplatePlace } from './rules/fault.ts';
import { templateFaults } from './rules.ts';
import { guessCategory } from './category.ts';

export type Rejection = { title: string; help: string; place: TemplatePlace | null; fix: { label: string; code: string } | null };

/** `code`: the local fault that says where; `fix`: what helps when no local rule is broken. */
type Cause = { sign: RegExp; title: string; help: string; codes: string[]; fix?: string };

/** What Twilio (63040) and Meta write, most telling first. */
const causes: Cause[] = [
  { sign: /start|end(?:s|ing)? with|begin|leading|trailing|dangling/i, title: 'The text begins or ends with a variable', help: 'Meta wants words before the first variable and after the last one; punctuation does not count.', codes: ['starts_with_variable', 'ends_with_variable'] },
  { sign: /adjacent|next to each other|consecutive (?:variable|param)/i, title: 'Two variables stand side by side', help: 'Put a word or a comma between them.', codes: ['adjacent'] },
  { sign: /sequential|gap|numbering|not in order|incorrect format of variable/i, title: 'The numbers of the variables are not in order', help: 'They are written anew with every submit here, without gaps: submit it again as a new version.', codes: ['typed_number'] },
  { sign: /too many (?:variables|param)|ratio|length of (?:the )?(?:message|text)|relative to/i, title: 'Too many variables for so few words', help: 'Write more words around the variables: with x of them at least 2x + 1.', codes: ['few_words'] },
  { sign: /shorten|wa\.me|short ?link|url|link/i, title: 'A link is not allowed', help: 'Meta refuses shortened links and links into WhatsApp. Write the full address of your own site.', codes: ['refused_link', 'no_address', 'plain_link'] },
  { sign: /already exists|duplicate|identical|same content|similar/i, title: 'Another template says the same', help: 'Meta takes each text once per language. Use the one that exists, or say something else.', codes: [] },
  { sign: /name/i, title: 'The name is not allowed', help: 'Small letters, digits and underscores; a name that was used before is locked for 30 days. A new version gets a new name by itself.', codes: ['name_pattern'] },
  { sign: /INCORRECT_CATEGORY|TAG_CONTENT_MISMATCH|categor/i, title: 'The category does not fit the text', help: 'Meta reads it as another kind of message than the one it was sent in as. Change the category, or take out what does not belong to it.', codes: ['category_guess', 'not_authentication'], fix: 'set_marketing' },
  { sign: /PROMOTIONAL|marketing content|promotion/i, title: 'It advertises, and its category does not allow that', help: 'Offers belong to Marketing. Change the category, or take the offer out.', codes: ['category_guess'], fix: 'set_marketing' },
  { sign: /emoji|footer|header|new ?line/i, title: 'The header or the footer is not written right', help: 'Both are one line; a footer has no emoji and no variable.', codes: ['footer_emoji', 'footer_new_line', 'header_new_line', 'footer_variable', 'header_variables', 'part_not_in_type'] },
  { sign: /media|sample|example/i, title: 'A sample is missing or cannot be used', help: 'Every variable has a sample that looks like the real thing, and the file is one that anybody can fetch.', codes: ['no_sample', 'no_media', 'private_media', 'no_extension'] },
  { sign: /sensitive|identif|card number|credential|password|ssn/i, title: 'It asks for something private', help: 'Meta refuses texts that ask for card numbers, passwords or identity papers, whole or in part. Ask for it on your own site.', codes: [] },
  { sign: /ABUSIVE|threat|policy|commerce/i, title: 'It goes against Meta’s policy', help: 'Meta takes it for abusive, threatening, or about goods that it does not allow. Say it otherwise; if it is a mistake, appeal in Meta’s WhatsApp Manager.', codes: [] },
  { sign: /SCAM|fraud|deceptive|mislead/i, title: 'Meta takes it for fraud', help: 'Say who writes and why, name the business, and link only to its own site.', codes: ['refused_link'] },
  { sign: /purpose|unclear|vague|too short/i, title: 'The reviewers did not see what it is for', help: 'Say more in the fixed words, and give samples that show a real message.', codes: ['few_words', 'no_sample'] },
  { sign: /INVALID_FORMAT|format/i, title: 'It is not written in the right form', help: 'Look at the variables first: where they stand, and that each has a sample.', codes: ['starts_with_variable', 'ends_with_variable', 'adjacent', 'few_words', 'many_new_lines'] },
];

const unknown = { title: 'Meta gave no reason that is known here', help: 'Most refusals are about variables at the edge of the text, too few words around them, or the category. Correct what you can and submit it again.', codes: [] as string[] };

/** P60, P61: Twilio's or Meta's words in plain ones, with the place they are about and the change that would help. */
export function explainRejection(reason: string, draft: TemplateDraft): Rejection {
  const cause: Omit<Cause, 'sign'> = causes.find(({ sign }) => sign.test(reason)) ?? unknown;
  const faults = templateFaults(draft);
  const fault = cause.codes.map((code) => faults.find((one) => one.code === code)).find((one) => one !== undefined);
  const code = fault?.fix ? fault.code : cause.fix && draft.category !== 'marketing' ? cause.fix : null;
  const fix = code === null ? null : fixOf(code, draft);
  return {
    title: cause.title, help: cause.help, place: fault?.place ?? placeOf(cause),
    fix: code !== null && fix ? { label: fix.label, code } : null,
  };
}

const placeOf = ({ codes }: Pick<Cause, 'codes'>): TemplatePlace | null => (codes.includes('category_guess') ? at('category') : codes.includes('name_pattern') ? at('name') : codes.includes('few_words') ? at('body') : null);

/** The change that a rejection proposed by its code, for the draft as it is now; null when it is not needed any more. */
export function fixOf(code: string, draft: TemplateDraft): TemplateFix | null {
  if (code === 'set_marketing') return draft.category === 'marketing' ? null : setCategory(guessCategory(draft.content)?.category === 'utility' ? 'utility' : 'marketing');
  const fault: TemplateFault | undefined = templateFaults(draft).find((one) => one.code === code && one.fix !== null);
  return fault?.fix ?? null;
}
