import { textFault } from '../../text.ts';
import { expressionsIn, piecesOf, positionsOf, type Piece } from '../mapping.ts';
import { cleanValue } from '../render.ts';
import { changing, at, error, replacing, warning, type TemplateDraft, type TemplateFault, type TextPart } from './fault.ts';
import { filler, sampleFor } from './words.ts';

const MOST = 100; // variables of one template
const LONGEST = 1_600; // characters of one value
const TAG = /\{%.*?(?:%\}|$)/gs; // of Liquid
const LONG = 250; // characters of a sample that reviewers still like

/** Everything about variables: how they are written, where they stand, and that each has a sample. */
export const placeholderFaults = (draft: TemplateDraft): TemplateFault[] => [
  ...(['header', 'body', 'media'] as const).flatMap((part) => [...writingFaults(draft.content[part], part), ...adjacentFaults(draft.content[part], part)]),
  ...edgeFaults(draft), ...ratioFaults(draft.content.body), ...sampleFaults(draft),
];

function writingFaults(text: string, part: TextPart): TemplateFault[] {
  const tags = [...text.matchAll(TAG)].map(({ 0: tag, index }) =>
    error('liquid_tag', at(part, index, index + tag.length), `${tag} decides something, and a template cannot. Only values change from person to person.`, changing('Take all tags out', part, (whole) => whole.replace(TAG, ''))));
  return [...tags, ...piecesOf(text).flatMap((piece) => (piece.expression === null ? openFaults(piece, part) : expressionFaults(piece, part)))];
}

function openFaults({ text, from }: Piece, part: TextPart): TemplateFault[] {
  return [...text.matchAll(/\{\{[\s-]*\}\}|\{\{/g)].map(({ 0: braces, index }) => error(
    'open_placeholder', at(part, from + index, from + index + braces.length), braces === '{{' ? 'A placeholder begins here and does not end. Close it with }}, or take the braces out.' : 'This placeholder names no field.',
    replacing('Take the braces out', part, from + index, from + index + braces.length, ''),
  ));
}

function expressionFaults(piece: Piece, part: TextPart): TemplateFault[] {
  const { from, to, expression } = piece;
  if (/^\d+$/.test(expression!)) return [error('typed_number', at(part, from, to), `Nobody has said what {{${expression}}} is. Choose the field that stands here; its number comes by itself.`)];
  const fault = textFault(piece.text);
  return fault ? [error('invalid_expression', at(part, from, to), `${piece.text} is not written right: ${fault}.`)] : [];
}

function adjacentFaults(text: string, part: TextPart): TemplateFault[] {
  const pieces = piecesOf(text);
  return pieces.flatMap((piece, index) => {
    const between = pieces[index + 1]?.expression === null ? pieces[index + 1]! : null;
    const next = between ? pieces[index + 2] : pieces[index + 1];
    if (piece.expression === null || !next || next.expression === null || (between && between.text.trim() !== '')) return [];
    return [error('adjacent', at(part, piece.from, next.to), 'Two variables stand side by side. Put a word or a comma between them.', part === 'media' ? null : replacing('Put a comma between', part, piece.to, piece.to, between ? ',' : ', '))];
  });
}

/** Marks of bold and italic, blanks and punctuation are no words: what stands before or after nothing else is still at the edge. */
const isWordless = (text: string) => !/[\p{L}\p{N}\p{S}]/u.test(text.replace(/[*_~`]/g, ''));

function edgeFaults({ content: { body }, language }: TemplateDraft): TemplateFault[] {
  const pieces = piecesOf(body);
  const variables = pieces.filter(({ expression }) => expression !== null);
  const [first, last] = [variables[0], variables.at(-1)];
  if (!first || !last) return [];
  const { hello, thanks } = filler(language);
  const start = isWordless(body.slice(0, first.from)) ? [error('starts_with_variable', at('body', first.from, first.to), 'The text begins with a variable, and Meta refuses that. Put a word before it.', changing(`Begin with “${hello}”`, 'body', (text) => `${hello} ${text.trimStart()}`))] : [];
  const end = isWordless(body.slice(last.to)) ? [error('ends_with_variable', at('body', last.from, last.to), 'The text ends with a variable, and Meta refuses that; a full stop after it is not enough.', changing(`End with “${thanks}”`, 'body', (text) => ended(text.trimEnd(), thanks)))] : [];
  return [...start, ...end];
}

const ended = (text: string, thanks: string) => `${text}${/[.!?…。！？]$/u.test(text) ? '' : '.'} ${thanks}`;

/** With x variables at least 2x + 1 other words. */
function ratioFaults(body: string): TemplateFault[] {
  const count = expressionsIn(body).length;
  const words = piecesOf(body).filter(({ expression }) => expression === null).flatMap(({ text }) => text.split(/\s+/)).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (count === 0 || words >= 2 * count + 1) return [];
  return [warning('few_words', at('body'), `${count === 1 ? 'One variable wants' : `${count} variables want`} at least ${2 * count + 1} other words, and there ${words === 1 ? 'is 1' : `are ${words}`}. Say more around them.`)];
}

function sampleFaults(draft: TemplateDraft): TemplateFault[] {
  const positions = positionsOf(draft.content);
  const extra = positions.length > MOST ? [error('too_many_variables', at('body'), `A template has ${MOST} variables at most; this one has ${positions.length}.`)] : [];
  return [...extra, ...positions.flatMap((expression, index) => sampleFault(draft, expression, index))];
}

function sampleFault({ variables }: TemplateDraft, expression: string, index: number): TemplateFault[] {
  const place = { part: 'variable' as const, index, from: null, to: null };
  const sample = variables[expression]?.sample ?? '';
  const give = (label: string, text: string) => ({ label, apply: (draft: TemplateDraft) => ({ ...draft, variables: { ...draft.variables, [expression]: { fallback: draft.variables[expression]?.fallback ?? '', sample: text } } }) });
  if (sample.trim() === '') return [error('no_sample', place, `{{${index + 1}}} has no sample. Meta's reviewers want to see what can stand there.`, give(`Use “${sampleFor(expression)}”`, sampleFor(expression)))];
  if (sample.length > LONGEST) return [error('long_sample', place, `The sample of {{${index + 1}}} has ${sample.length} characters; ${LONGEST} are the most.`, give('Cut it', cleanValue(sample)))];
  if (cleanValue(sample) !== sample.trim()) return [error('unclean_sample', place, `The sample of {{${index + 1}}} has new lines, tabs or long gaps, which no value may have.`, give('Clean it', cleanValue(sample)))];
  return sample.length > LONG ? [warning('long_sample', place, `The sample of {{${index + 1}}} is long. Under ${LONG} characters are advised.`)] : [];
}
