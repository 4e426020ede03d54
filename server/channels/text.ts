import { Liquid, type Template } from 'liquidjs';

/** A recipient as expressions see them (D6). */
export type Person = {
  contact: { phone: string | null; email: string | null; firstName: string | null; lastName: string | null; fields: Record<string, unknown> };
  /** Per-member data of the lists through which the person was chosen, e.g. { order: { trackingNumber } }. */
  data: Record<string, unknown>;
};

/** A text with placeholders, parsed once. `render` gives the text and the placeholders that stayed empty. */
export type CompiledText = { fields: string[]; render: (person: Person) => { text: string; missing: string[] } };

// Authors are trusted to write texts, not programs: no files, and limits on size, memory and time.
const engine = new Liquid({ ownPropertyOnly: true, parseLimit: 20_000, memoryLimit: 200_000, renderLimit: 200, templates: {} });
for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag];

/**
 * P3: the one resolver of variables, for every channel. `{{firstName}}` and `{{contact.firstName}}` are the same; other roots come from the
 * member's data, then from the contact's own fields.
 * @throws Error with Liquid's own words when the text is no valid Liquid.
 */
export function compileText(source: string): CompiledText {
  const templates = engine.parse(source.replaceAll('\r\n', '\n').replaceAll('\u0000', ''));
  return {
    fields: engine.globalVariableSegmentsSync(templates).map((segments) => segments.join('.')),
    render: (person) => render(templates, scopeOf(person)),
  };
}

/** The fault of a text in words, or null. */
export function textFault(source: string): string | null {
  try { compileText(source); return null; } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/, line:.*$/s, '').replace(/, file:.*$/s, '');
  }
}

function render(templates: Template[], scope: object) {
  const missing: string[] = [];
  const parts = templates.map((template) => {
    const part: string = engine.renderSync([template], scope);
    if (part === '' && isOutput(template)) missing.push(expressionOf(template));
    return part;
  });
  return { text: parts.join(''), missing };
}

const isOutput = (template: Template) => template.token.getText().startsWith('{{');
const expressionOf = (template: Template) => template.token.getText().replace(/^\{\{-?\s*|\s*-?\}\}$/g, '').split('|')[0]!.trim();

function scopeOf({ contact, data }: Person) {
  const { fields, ...own } = contact;
  const known = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value ?? '']));
  return { ...fields, ...data, ...known, contact: { ...fields, ...known } };
}
