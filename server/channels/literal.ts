import type { Draft } from './channel.ts';

/** A text with placeholders that says exactly this to everybody: what a person typed is no template, however it looks. */
export const literal = (text: string): string => text.replace(/\{+/g, (braces) => `{{ "${braces}" }}`);

/** A draft of which every text is meant as it stands. */
export const literalDraft = <Given extends Draft>(draft: Given): Given => ({
  ...draft, content: literal(draft.content),
  templateVariables: draft.templateVariables && Object.fromEntries(Object.entries(draft.templateVariables).map(([position, value]) => [position, literal(value)])),
});
