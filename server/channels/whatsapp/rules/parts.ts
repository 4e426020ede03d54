import { expressionsIn, fillIn, piecesOf } from '../mapping.ts';
import type { TemplateContent, TemplateType } from '../template.ts';
import { at, changing, error, replacing, warning, withContent, type TemplateDraft, type TemplateFault, type TextPart } from './fault.ts';

const LIMITS = { header: 60, body: 1_024, footer: 60 } as const; // characters, after substitution
const EMOJI = /\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*|\p{Regional_Indicator}{2}/gu;

/** The parts that each type has, besides its body. Authentication has none of ours. */
export const partsOf: Record<TemplateType, readonly TextPart[]> = {
  text: ['body'], media: ['body', 'media'], quick_reply: ['body'], call_to_action: ['body'], card: ['header', 'body', 'footer', 'media'], authentication: [], other: ['header', 'body', 'footer', 'media'],
};
const words: Record<TextPart, string> = { header: 'header', body: 'text', footer: 'footer', media: 'picture or file' };

/** Which parts there are, and how long and of what they may be. */
export function partFaults(draft: TemplateDraft): TemplateFault[] {
  const { content } = draft;
  return [...strayFaults(content), ...bodyFaults(content), ...headerFaults(content), ...footerFaults(content.footer), ...(['header', 'body', 'footer'] as const).flatMap((part) => lengthFaults(draft, part))];
}

function strayFaults(content: TemplateContent): TemplateFault[] {
  return (['header', 'body', 'footer', 'media'] as const).filter((part) => content[part] !== '' && !partsOf[content.type].includes(part)).map((part) =>
    error('part_not_in_type', at(part), content.type === 'authentication' ? `Meta writes the whole text of a one-time code. The ${words[part]} cannot be yours.` : `A template of this type has no ${words[part]}.`, changing(`Take the ${words[part]} out`, part, () => '')));
}

function bodyFaults({ type, body }: TemplateContent): TemplateFault[] {
  if (type === 'authentication' || type === 'other') return [];
  if (body.trim() === '') return [error('no_body', at('body'), 'Write the text of the message.')];
  const lines = [...body.matchAll(/\n(?:[ \t]*\n){2,}/g)].map(({ 0: gap, index }) =>
    error('many_new_lines', at('body', index, index + gap.length), 'More than two new lines stand together. Meta allows one empty line between paragraphs.', replacing('Leave one empty line', 'body', index, index + gap.length, '\n\n')));
  const blanks = [...body.matchAll(/ {5,}/g)].map(({ 0: gap, index }) =>
    warning('many_blanks', at('body', index, index + gap.length), 'More than four blanks stand together, which Meta takes amiss.', replacing('Leave one', 'body', index, index + gap.length, ' ')));
  return [...lines, ...blanks];
}

function headerFaults({ type, header, media }: TemplateContent): TemplateFault[] {
  if (type !== 'card' || header === '') return [];
  const variables = piecesOf(header).filter(({ expression }) => expression !== null);
  const second = variables[1];
  return [
    ...lineFaults(header, 'header'),
    ...(media !== '' ? [error('header_and_media', at('header'), 'A card has a header text or a picture above its text, not both.', changing('Take the header out', 'header', () => ''))] : []),
    ...(second ? [error('header_variables', at('header', second.from, second.to), 'A header has one variable at most.', replacing('Take it out', 'header', second.from, second.to, ''))] : []),
  ];
}

function footerFaults(footer: string): TemplateFault[] {
  const variables = piecesOf(footer).filter(({ expression }) => expression !== null).map(({ from, to }) =>
    error('footer_variable', at('footer', from, to), 'A footer is the same for everybody: it has no variables.', replacing('Take it out', 'footer', from, to, '')));
  const emoji = [...footer.matchAll(EMOJI)].map(({ 0: sign, index }) =>
    error('footer_emoji', at('footer', index, index + sign.length), 'A footer has no emoji.', replacing('Take it out', 'footer', index, index + sign.length, '')));
  return [...lineFaults(footer, 'footer'), ...variables, ...emoji];
}

const lineFaults = (text: string, part: 'header' | 'footer'): TemplateFault[] => [...text.matchAll(/\s*\n\s*/g)].map(({ 0: gap, index }) =>
  error(`${part}_new_line`, at(part, index, index + gap.length), `A ${part} is one line.`, replacing('Join the lines', part, index, index + gap.length, ' ')));

function lengthFaults({ content, variables }: TemplateDraft, part: keyof typeof LIMITS): TemplateFault[] {
  const text = content[part];
  const limit = LIMITS[part];
  const length = fillIn(text, (expression) => variables[expression]?.sample ?? '').length;
  if (length <= limit) return [];
  const from = cutAt(text, limit);
  return [error(`${part}_too_long`, at(part, from, text.length), `The ${words[part]} has ${length} characters${expressionsIn(text).length > 0 ? ' with its samples' : ''}; ${limit.toLocaleString('en')} are the most.`, withContent('Cut it at the last word that fits', (before) => ({ [part]: before[part].slice(0, from).trimEnd() })))];
}

/** The last place before `limit` that is the end of a word and inside of no placeholder. */
function cutAt(text: string, limit: number): number {
  const inside = piecesOf(text).find(({ expression, from, to }) => expression !== null && from < limit && to > limit);
  const end = Math.min(inside?.from ?? limit, text.length);
  const blank = text.slice(0, end).search(/\s\S*$/);
  return end === text.length ? limit : blank > end / 2 ? blank : end;
}
