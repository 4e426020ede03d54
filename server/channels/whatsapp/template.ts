import { positionsOf } from './mapping.ts';

// What a WhatsApp template is, for editor, store and dispatcher alike. Limits are Meta's and Twilio's of 2026.

export const templateCategories = ['authentication', 'marketing', 'utility'] as const;
export type TemplateCategory = (typeof templateCategories)[number];
export const categoryWord: Record<TemplateCategory, string> = { authentication: 'Authentication', marketing: 'Marketing', utility: 'Utility' };

/** The types that can be written here; `other` is one that was made elsewhere and is only sent (carousel, flow …). */
export const templateTypes = ['text', 'media', 'quick_reply', 'call_to_action', 'card', 'authentication', 'other'] as const;
export type TemplateType = (typeof templateTypes)[number];

/** draft: only here · received: at Twilio · pending: at Meta. paused and disabled are Meta's answer to bad quality (D7). Only `approved` can be sent (P6). */
export const templateStatuses = ['draft', 'received', 'pending', 'approved', 'rejected', 'paused', 'disabled'] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export type TemplateButton =
  | { type: 'quick_reply'; title: string }
  | { type: 'url'; title: string; url: string }
  | { type: 'phone'; title: string; phone: string }
  | { type: 'copy_code'; title: string; code: string };

/**
 * A template as its author writes it: the texts name fields, `{{firstName}}` or any Liquid output. What Meta gets has numbers instead, see
 * mapping.ts. A part that the type does not have stays empty.
 */
export type TemplateContent = {
  type: TemplateType;
  /** Card only. */
  header: string;
  body: string;
  /** Card only. */
  footer: string;
  /** One public address with a file extension; a variable may stand only at its end. */
  media: string;
  buttons: TemplateButton[];
  /** Authentication only: its body is Meta's. */
  hasSecurityAdvice: boolean;
  codeExpirationMinutes: number | null;
};

/** What an author gives for one expression: Meta asks for a sample; `fallback` takes the place of a value that a person lacks. */
export type TemplateVariable = { sample: string; fallback: string };
/** By expression, without braces: { "firstName": { sample: "Ann", fallback: "there" } }. */
export type TemplateVariables = Record<string, TemplateVariable>;

/** A version as a broadcast pins it: what Meta knows, and what its author meant each position to be. */
export type PinnedTemplate = {
  contentSid: string; name: string; language: string; status: TemplateStatus;
  /** As Meta sees it, which may differ from what was asked for. */
  category: TemplateCategory;
  /** With numbers: {{1}}, {{2}}. */
  content: TemplateContent;
  /** positions[0] is the expression of {{1}}; empty: nobody has said yet. */
  positions: string[];
  variables: TemplateVariables;
};

export const emptyContent = (type: TemplateType = 'text'): TemplateContent =>
  ({ type, header: '', body: '', footer: '', media: '', buttons: [], hasSecurityAdvice: true, codeExpirationMinutes: 10 });

/** Every position of a pinned template, as text: "1", "2". What a type that is only sent says is not known whole: there the author's list tells. */
export const positionsOfPinned = ({ content, positions }: PinnedTemplate): string[] =>
  [...new Set([...positionsOf(content), ...positions.map((_, index) => String(index + 1)), ...(content.type === 'authentication' ? ['1'] : [])])]
    .filter((number) => /^[1-9]\d*$/.test(number)).sort((one, other) => Number(one) - Number(other));

/** The source of a position: as the broadcast maps it, else as the template's author meant it; empty: nobody has said. */
export const sourceOf = (template: PinnedTemplate, mapping: Record<string, string> | null, number: string): string => {
  const own = template.positions[Number(number) - 1] ?? '';
  return mapping ? mapping[number] ?? '' : own && `{{${own}}}`;
};
