import type { TemplateButton, TemplateCategory, TemplateContent, TemplateVariables } from '../template.ts';

/** What a reviewer sees of a template, as its author has it. */
export type TemplateDraft = { name: string; language: string; category: TemplateCategory; content: TemplateContent; variables: TemplateVariables };

/** Characters of a part (null: the whole part). `index`: which button, or which position; `field`: which of a button's texts. */
export type TemplatePlace = {
  part: 'name' | 'category' | 'header' | 'body' | 'footer' | 'media' | 'button' | 'variable'; index: number | null; from: number | null; to: number | null;
  field?: 'title' | 'url' | 'phone' | 'code';
};

export type TemplateFix = { label: string; apply: (draft: TemplateDraft) => TemplateDraft };

/** A rule that is broken. An error blocks the submit; a warning says what a reviewer may take amiss. */
export type TemplateFault = { code: string; severity: 'error' | 'warning'; place: TemplatePlace; message: string; fix: TemplateFix | null };

export type TextPart = 'header' | 'body' | 'footer' | 'media';

export const at = (part: TemplatePlace['part'], from: number | null = null, to: number | null = null): TemplatePlace => ({ part, index: null, from, to });

export const error = (code: string, place: TemplatePlace, message: string, fix: TemplateFix | null = null): TemplateFault => ({ code, severity: 'error', place, message, fix });
export const warning = (code: string, place: TemplatePlace, message: string, fix: TemplateFix | null = null): TemplateFault => ({ code, severity: 'warning', place, message, fix });

/** A fix that changes one text. */
export const changing = (label: string, part: TextPart, change: (text: string) => string): TemplateFix =>
  ({ label, apply: (draft) => ({ ...draft, content: { ...draft.content, [part]: change(draft.content[part]) } }) });

/** A fix that puts other words in one place of a text; "": takes them out. */
export const replacing = (label: string, part: TextPart, from: number, to: number, words: string): TemplateFix =>
  changing(label, part, (text) => text.slice(0, from) + words + text.slice(to));

export const withContent = (label: string, change: (content: TemplateContent) => Partial<TemplateContent>): TemplateFix =>
  ({ label, apply: (draft) => ({ ...draft, content: { ...draft.content, ...change(draft.content) } }) });

export const withButtons = (label: string, change: (buttons: TemplateButton[]) => TemplateButton[]): TemplateFix =>
  withContent(label, ({ buttons }) => ({ buttons: change(buttons) }));
