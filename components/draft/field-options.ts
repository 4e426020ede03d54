/** A field of a contact, and how it is put into a text. */
export type FieldOption = { name: string; label: string; placeholder: string };

export const standardFields: readonly FieldOption[] = [
  { name: 'firstName', label: 'First name', placeholder: '{{firstName | default: "there"}}' },
  { name: 'lastName', label: 'Last name', placeholder: '{{lastName}}' },
  { name: 'phone', label: 'Phone', placeholder: '{{phone}}' },
  { name: 'email', label: 'E-mail', placeholder: '{{email}}' },
];

/** A name with a space or a sign needs brackets in Liquid. */
export const ownField = (name: string): FieldOption => ({ name, label: name, placeholder: /^[A-Za-z_][\w-]*$/.test(name) ? `{{${name}}}` : `{{contact[${JSON.stringify(name)}]}}` });

/** The placeholder that is being typed at the cursor: where it begins and what stands in it so far; null when there is none. */
export function openPlaceholder(text: string, cursor: number): { from: number; typed: string } | null {
  const found = /\{{1,2}\s*([\w.]*)$/.exec(text.slice(0, cursor));
  return found ? { from: found.index, typed: found[1] ?? '' } : null;
}

const MOST = 8;

/** Those whose name or label has what was typed; none when it is a whole name already. */
export function matchingFields(options: readonly FieldOption[], typed: string): FieldOption[] {
  const wanted = typed.replace(/^contact\./, '').toLowerCase();
  if (options.some(({ name }) => name === typed)) return [];
  return options.filter(({ name, label }) => name.toLowerCase().includes(wanted) || label.toLowerCase().replaceAll(' ', '').includes(wanted)).slice(0, MOST);
}
