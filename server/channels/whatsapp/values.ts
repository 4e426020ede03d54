import type { Draft } from '../channel.ts';
import { fieldOf } from '../field-name.ts';
import { compileText, type CompiledText, type MissingValue, type MissingValues, type TextPart } from '../text.ts';
import { expressionIn } from './mapping.ts';
import { positionsOfPinned, sourceOf, type PinnedTemplate } from './template.ts';

type Mapped = Pick<Draft, 'templateVariables' | 'missingValues'>;

/** D5: on WhatsApp a field without a rule of its own skips the person who lacks it. */
export function strictly(source: string, missingValues: MissingValues): MissingValues {
  const fields = compileText(source).fields.map(fieldOf);
  const ruled = new Set(Object.keys(missingValues).map(fieldOf));
  return { ...missingValues, ...Object.fromEntries(fields.filter((field) => !ruled.has(field)).map((field) => [field, { policy: 'skip' } satisfies MissingValue])) };
}

/** The template with the values that the broadcast's own rules give to fields without one, where the version has no fallback. */
export function withFallbacks(template: PinnedTemplate, { templateVariables, missingValues }: Mapped): PinnedTemplate {
  const rules = new Map(Object.entries(missingValues).map(([name, rule]) => [fieldOf(name), rule]));
  const added = positionsOfPinned(template).flatMap((number) => {
    if (template.variables[number]?.fallback) return [];
    const values = compileText(sourceOf(template, templateVariables, number)).fields.map((field) => rules.get(fieldOf(field))).map((rule) => (rule?.policy === 'default' ? rule.value ?? '' : ''));
    return values.length > 0 && values.every((value) => value.trim() !== '') ? [[number, { sample: '', fallback: values.join(' ') }] as const] : [];
  });
  return { ...template, variables: { ...template.variables, ...Object.fromEntries(added) } };
}

/**
 * All that fills a template's positions as one text, so that an audience can be measured by it: who lacks a value without a fallback is skipped, or blocks
 * the send where the broadcast says so. What people read is made by the renderer.
 */
export function mappedText(template: PinnedTemplate, { templateVariables, missingValues }: Mapped): CompiledText {
  const texts = positionsOfPinned(template).map((number) => {
    const source = sourceOf(template, templateVariables, number);
    const own = template.positions[Number(number) - 1] ?? '';
    const fallback = [expressionIn(source), own, number].map((expression) => template.variables[expression]?.fallback.trim() ?? '').find((text) => text !== '');
    return compileText(source, fallback === undefined ? withoutEmpty(source, missingValues) : always(source, fallback));
  });
  const parts = texts.every((text) => text.parts !== null) ? texts.flatMap((text): TextPart[] => text.parts ?? []) : null;
  return {
    fields: [...new Set(texts.flatMap(({ fields }) => fields))], parts,
    render(person) {
      const rendered = texts.map((text) => text.render(person));
      return { text: rendered.map(({ text }) => text).join(' '), missing: [...new Set(rendered.flatMap(({ missing }) => missing))], isRefused: rendered.some(({ isRefused }) => isRefused) };
    },
  };
}

const always = (source: string, value: string): MissingValues => Object.fromEntries(compileText(source).fields.map((field) => [fieldOf(field), { policy: 'default', value } satisfies MissingValue]));

/** "Leave it empty" is no choice for a template: Meta refuses empty values. */
function withoutEmpty(source: string, missingValues: MissingValues): MissingValues {
  const rules = Object.entries(missingValues).filter(([, { policy, value }]) => policy !== 'default' || (value ?? '').trim() !== '');
  return strictly(source, Object.fromEntries(rules));
}
