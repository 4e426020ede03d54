import { Liquid, Output, Tag, toValueSync, type Context, type Emitter, type Template } from 'liquidjs';
import { fieldOf } from './field-name.ts';

/** A recipient as expressions see them (D6). */
export type Person = {
  contact: { phone: string | null; email: string | null; firstName: string | null; lastName: string | null; fields: Record<string, unknown> };
  /** Per-member data of the lists through which the person was chosen, e.g. { order: { trackingNumber } }. */
  data: Record<string, unknown>;
};

/** What happens to a person without a value for a field. `block` is checked before the send; should somebody lose the value later, they are skipped. */
export type MissingValue = { policy: 'default' | 'skip' | 'block'; value?: string | undefined };
export type MissingValues = Readonly<Record<string, MissingValue>>;

/** `missing`: fields that had no value and nothing to take its place; `isRefused`: a rule says that this person gets no such message. */
export type Rendered = { text: string; missing: string[]; isRefused: boolean };

/** A piece of a text that is only written words and plain fields; `fallback` takes the place of a value that is not there, or its rule holds. */
export type TextPart = { literal: string } | { field: string; path: string[]; fallback: string; onBlank: 'fallback' | 'empty' | 'skip' | 'block' };

/** A text with placeholders, parsed once. `fields` are the names used; `parts` is null when the text computes or decides something. */
export type CompiledText = { fields: string[]; parts: TextPart[] | null; render: (person: Person) => Rendered };

// Authors are trusted to write texts, not programs: no files, and limits on size, memory and time.
const engine = new Liquid({ ownPropertyOnly: true, parseLimit: 20_000, memoryLimit: 200_000, renderLimit: 200, templates: {} });
for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag];

/** Filled while a text is rendered; rendering is synchronous, so one per text is enough. */
type Findings = { missing: Set<string>; isRefused: boolean };

/**
 * P3: the one resolver of variables, for every channel. `{{firstName}}` and `{{contact.firstName}}` are the same; other roots come from the
 * member's data, then from the contact's own fields. A field without a value follows its rule of `missingValues`, unless its expression carries a
 * default of its own.
 * @throws Error with Liquid's own words when the text is no valid Liquid.
 */
export function compileText(source: string, missingValues: MissingValues = {}): CompiledText {
  const templates = engine.parse(source.replaceAll('\r\n', '\n').replaceAll('\u0000', ''));
  const rules = new Map(Object.entries(missingValues).map(([name, rule]) => [fieldOf(name), rule]));
  const parts = partsOf(templates, rules);
  let findings: Findings = { missing: new Set(), isRefused: false };
  for (const output of outputsOf(templates)) watch(output, rules, () => findings);
  return {
    fields: engine.globalVariableSegmentsSync(templates).map((segments) => segments.join('.')), parts,
    render: (person) => {
      findings = { missing: new Set(), isRefused: false };
      const text: string = engine.renderSync(templates, scopeOf(person));
      return { text, missing: [...findings.missing], isRefused: findings.isRefused };
    },
  };
}

/** The fault of a text in words, or null. */
export function textFault(source: string): string | null {
  try { compileText(source); return null; } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/, line:.*$/s, '').replace(/, file:.*$/s, '');
  }
}

/** All placeholders, also those inside of conditions and loops. */
function outputsOf(templates: Template[]): Output[] {
  return templates.flatMap((template) => {
    if (template instanceof Output) return [template];
    return template.children ? outputsOf(toValueSync(template.children(false, true)) as Template[]) : [];
  });
}

/** Lets a placeholder that comes out blank follow the rule of its field. */
function watch(output: Output, rules: Map<string, MissingValue>, findings: () => Findings) {
  const path = pathOf(output);
  const field = path ? fieldOf(path.join('.')) : expressionOf(output);
  const isMeantBlank = /\|\s*default:\s*("\s*"|'\s*')\s*-?\}\}$/.test(output.token.getText());
  const hasOwnDefault = output.value.filters.some(({ name }) => name === 'default');
  const rule = rules.get(field);
  const draw = output.render.bind(output);
  output.render = function* (context: Context, emitter: Emitter) {
    const before = emitter.buffer;
    const isBlank = () => emitter.buffer.slice(before.length).trim() === '';
    const drawWith = function* (way: string[], value: string | null) {
      emitter.buffer = before;
      const [root = '', ...rest] = way;
      context.push({ [root]: withValue(context.getSync([root]), rest, value) });
      yield* draw(context, emitter);
      context.pop();
    };
    yield* draw(context, emitter);
    if (isMeantBlank || !isBlank()) return;
    // Spaces are no value, to nobody but Liquid: the default of the expression stands for them too.
    if (hasOwnDefault && path) yield* drawWith(path, null);
    else if (rule?.policy === 'default' && rule.value && path) return yield* drawWith(path, rule.value);
    if (hasOwnDefault && !isBlank()) return;
    findings().missing.add(field);
    if (rule && rule.policy !== 'default') findings().isRefused = true;
  };
}

/** The way to the value that a placeholder shows: ["order", "trackingNumber"]; null when it shows none, or computes the way. */
function pathOf(output: Output): string[] | null {
  const segments = engine.globalVariableSegmentsSync([output])[0];
  if (!segments?.every((segment): segment is string => typeof segment === 'string')) return null;
  return /^["'\d(]/.test(expressionOf(output)) ? null : segments;
}

const expressionOf = (output: Output) => output.token.getText().replace(/^\{\{-?\s*|\s*-?\}\}$/g, '').split('|')[0]!.trim();

function withValue(owner: unknown, path: string[], value: string | null): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const known = typeof owner === 'object' && owner !== null ? { ...owner } : {};
  return { ...known, [name]: withValue(Object.entries(known).find(([key]) => key === name)?.[1], rest, value) };
}

/** Words that Liquid itself answers at the end of a path. */
const COMPUTED = new Set(['size', 'first', 'last']);

function partsOf(templates: Template[], rules: Map<string, MissingValue>): TextPart[] | null {
  const parts = templates.map((template): TextPart | null => {
    if (!(template instanceof Output)) return template instanceof Tag ? null : { literal: alone(template) };
    const variables = engine.globalVariableSegmentsSync([template]);
    if (variables.length === 0) return { literal: alone(template) };
    const path = pathOf(template);
    const [filter, ...others] = template.value.filters;
    if (!path || variables.length > 1 || others.length > 0 || (filter && filter.name !== 'default') || COMPUTED.has(path.at(-1)!)) return null;
    return { field: fieldOf(path.join('.')), path, ...blankOf(rules.get(fieldOf(path.join('.'))), filter ? alone(template) : null) };
  });
  return parts.every((part) => part !== null) ? parts : null;
}

/** What a plain field does for somebody without a value; `own`: the default of its expression. */
function blankOf(rule: MissingValue | undefined, own: string | null): { fallback: string; onBlank: 'fallback' | 'empty' | 'skip' | 'block' } {
  if (own !== null) return { fallback: own, onBlank: 'fallback' };
  if (rule?.policy === 'default') return rule.value ? { fallback: rule.value, onBlank: 'fallback' } : { fallback: '', onBlank: 'empty' };
  return { fallback: '', onBlank: rule?.policy ?? 'empty' };
}

/** What a piece of a text says about nobody: its words, or its own default. */
function alone(template: Template): string {
  const text: string = engine.renderSync([template], {});
  return text;
}

function scopeOf({ contact, data }: Person) {
  const { fields, ...own } = contact;
  // Null, because an empty string is true to Liquid: {% if lastName %} must not hold for somebody without one.
  const known = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value === '' ? null : value]));
  return { ...fields, ...data, ...known, contact: { ...fields, ...known } };
}
