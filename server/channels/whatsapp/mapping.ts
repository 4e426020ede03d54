import type { TemplateButton, TemplateContent, TemplateVariables } from './template.ts';

/** A stretch of a text: its author's words, or a placeholder with the expression between its braces. */
export type Piece = { from: number; to: number; text: string; expression: string | null };

/**
 * Cuts a text at its placeholders as Liquid does: a brace inside of quotes ends nothing. One that is not closed before the next one opens stays
 * words, and so does one with nothing in it. The pieces joined are the text.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const words = (from: number, to: number) => { if (to > from) pieces.push({ from, to, text: text.slice(from, to), expression: null }); };
  let from = 0;
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const end = endOf(text, at + 2);
    const expression = end === null ? '' : expressionIn(text.slice(at, end));
    if (end === null || expression === '') { at = end ?? at + 2; continue; }
    words(from, at);
    pieces.push({ from: at, to: end, text: text.slice(at, end), expression });
    from = at = end;
  }
  words(from, text.length);
  return pieces;
}

/** Where the placeholder that opened before `start` is closed, after its braces; null when it is not. */
function endOf(text: string, start: number): number | null {
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (text.startsWith('{{', at)) return null;
    if (quote !== '') { if (char === quote) quote = ''; } else if (char === '"' || char === "'") quote = char;
    else if (text.startsWith('}}', at)) return at + 2;
    else if (char === '{' || char === '}') return null; // no expression has one
  }
  return null;
}

/** "{{ contact.firstName }}" → "contact.firstName"; the dashes that eat white space in Liquid do not exist at Meta. */
export const expressionIn = (placeholder: string): string => placeholder.replace(/^\{\{[-\s]*|[-\s]*\}\}$/g, '').trim();

/** The expressions of a text, each as often as it stands there. */
export const expressionsIn = (text: string): string[] => piecesOf(text).flatMap(({ expression }) => (expression === null ? [] : [expression]));

/** P48: the distinct expressions over header, body, media and buttons; the first is {{1}}. No gap is possible, because nobody types a number. */
export function positionsOf(content: TemplateContent): string[] {
  const positions = new Set<string>();
  eachText(content, (text) => { for (const expression of expressionsIn(text)) positions.add(expression); return text; });
  return [...positions];
}

/** What Meta gets. */
export function toNumbered(content: TemplateContent): { content: TemplateContent; positions: string[] } {
  const positions = positionsOf(content);
  const numbers = new Map(positions.map((expression, index) => [expression, index + 1]));
  return { content: eachText(content, (text) => replaceIn(text, (expression) => String(numbers.get(expression)))), positions };
}

/** The way back. A number that nobody has mapped yet stays one. */
export function toNamed(content: TemplateContent, positions: string[]): TemplateContent {
  return eachText(content, (text) => replaceIn(text, (number) => positions[Number(number) - 1] || number));
}

/** What Twilio gets with the numbers: { "1": "Ann" }; it shows a sample of each to Meta. */
export const samplesByPosition = (positions: string[], variables: TemplateVariables): Record<string, string> =>
  Object.fromEntries(positions.map((expression, index) => [String(index + 1), variables[expression]?.sample ?? '']));

/** The text with another expression in each placeholder. */
export const replaceIn = (text: string, change: (expression: string) => string): string =>
  piecesOf(text).map((piece) => (piece.expression === null ? piece.text : `{{${change(piece.expression)}}}`)).join('');

/** The text with words in place of its placeholders. */
export const fillIn = (text: string, value: (expression: string) => string): string =>
  piecesOf(text).map((piece) => (piece.expression === null ? piece.text : value(piece.expression))).join('');

/** All texts that may hold a variable, in the order that numbers them. */
export function eachText(content: TemplateContent, change: (text: string) => string): TemplateContent {
  const header = change(content.header);
  const body = change(content.body);
  const media = change(content.media);
  return { ...content, header, body, media, buttons: content.buttons.map((button) => changeButton(button, change)) };
}

function changeButton(button: TemplateButton, change: (text: string) => string): TemplateButton {
  const title = change(button.title);
  if (button.type === 'url') return { ...button, title, url: change(button.url) };
  if (button.type === 'phone') return { ...button, title, phone: change(button.phone) };
  if (button.type === 'copy_code') return { ...button, title, code: change(button.code) };
  return { ...button, title };
}
