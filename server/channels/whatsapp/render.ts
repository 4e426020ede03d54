import { compileText, type CompiledText, type Person } from '../text.ts';
import { textsOf } from './authentication.ts';
import { expressionIn, expressionsIn, fillIn } from './mapping.ts';
import { positionsOfPinned, type PinnedTemplate } from './template.ts';

/** One person's template message. `values` by position, as ContentVariables wants them; `missing`: fields and positions without any value, so it cannot be sent (D5). */
export type RenderedTemplate = { values: Record<string, string>; missing: string[]; text: { header: string; body: string; footer: string } };

const BODY = 1_024; // characters after substitution (63021)
const HEADER = 60;
const VALUE = 1_600; // of one variable

/** The same for one person only. @throws Error with Liquid's own words when an expression of the mapping is no valid Liquid. */
export const renderTemplate = (template: PinnedTemplate, mapping: Record<string, string> | null, person: Person): RenderedTemplate =>
  prepareTemplate(template, mapping)(person);

/**
 * P49, P63, P66: a pinned template made ready once per broadcast. A position takes its value from the mapping; without a mapping from the expression
 * that its author meant. Somebody without a value gets the version's fallback for that expression or position.
 * @throws Error with Liquid's own words when an expression of the mapping is no valid Liquid.
 */
export function prepareTemplate(template: PinnedTemplate, mapping: Record<string, string> | null): (person: Person) => RenderedTemplate {
  const positions = positionsOfPinned(template).map((number) => ({ number, ...sourceOf(template, mapping, number) }));
  const texts = textsOf(template.content);
  return (person) => {
    const missing = new Set<string>();
    const values: Record<string, string> = {};
    for (const { number, text, fallback } of positions) values[number] = valueOf(text, fallback, person, (field) => missing.add(field ?? `{{${number}}}`));
    const fitting = fit(texts.body, BODY, fit(texts.header, HEADER, values));
    const fill = (part: string) => fillIn(part, (number) => fitting[number] ?? '');
    return { values: fitting, missing: [...missing], text: { header: fill(texts.header), body: fill(texts.body), footer: fill(texts.footer) } };
  };
}

function sourceOf({ positions, variables }: PinnedTemplate, mapping: Record<string, string> | null, number: string): { text: CompiledText | null; fallback: string } {
  const own = positions[Number(number) - 1] ?? '';
  const source = mapping ? mapping[number] ?? '' : own && `{{${own}}}`;
  const fallback = [expressionIn(source), own, number].map((expression) => cleanValue(variables[expression]?.fallback ?? '')).find((text) => text !== '') ?? '';
  return { text: source.trim() === '' ? null : compileText(source), fallback };
}

function valueOf(text: CompiledText | null, fallback: string, person: Person, lacks: (field: string | null) => void): string {
  const rendered = text?.render(person);
  const value = cleanValue(rendered?.text ?? '');
  if (value !== '' && rendered!.missing.length === 0) return value;
  // Unmapped is nobody's missing value: no fallback hides it.
  if (text && fallback !== '') return fallback;
  const fields = rendered?.missing ?? [];
  for (const field of fields.length > 0 ? fields : [null]) lacks(field);
  return value;
}

/** Twilio refuses new lines, tabs and more than four blanks inside of a value (63013, 21656). */
export const cleanValue = (value: string): string => cut(value.replace(/\s*[\n\r\t\v\f\u0085\u2028\u2029]\s*/g, ' ').replace(/\s{5,}/g, ' ').trim(), VALUE);

/** Values cut so that the text stays within its limit: all to the same length, the greatest that fits, so short ones stay whole. */
function fit(text: string, limit: number, values: Record<string, string>): Record<string, string> {
  const inside = new Set(expressionsIn(text));
  const at = (length: number) => Object.fromEntries(Object.entries(values).map(([number, value]) => [number, inside.has(number) ? cut(value, length) : value]));
  const isFitting = (length: number) => fillIn(text, (number) => cut(values[number] ?? '', length)).length <= limit;
  if (isFitting(VALUE)) return values;
  let [least, most] = [1, VALUE]; // an empty value would be refused (63028), so one character stays
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (isFitting(middle)) least = middle; else most = middle;
  }
  return at(least);
}

/** A cut is shown, and never goes through a character that takes two units. */
function cut(value: string, length: number): string {
  if (value.length <= length) return value;
  const kept = value.slice(0, Math.max(length - 1, 0)).replace(/[\ud800-\udbff]$/, '').trimEnd();
  return `${kept}…`;
}
