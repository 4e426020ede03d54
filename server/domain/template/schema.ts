import * as z from 'zod';
import { templateCategories, templateStatuses, templateTypes, type PinnedTemplate } from '#server/channels/whatsapp/template.ts';
import { pageInput, pageOf, searchText } from '../paging.ts';

export const templateCategory = z.enum(templateCategories);
export const templateStatus = z.enum(templateStatuses);

const title = z.string().max(100);
export const templateButton = z.discriminatedUnion('type', [
  z.object({ type: z.literal('quick_reply'), title }),
  z.object({ type: z.literal('url'), title, url: z.string().max(2_100) }),
  z.object({ type: z.literal('phone'), title, phone: z.string().max(40) }),
  z.object({ type: z.literal('copy_code'), title, code: z.string().max(60) }),
]);

/** A draft may break Meta's rules while it is written: they are checked at the submit, and shown all the time. */
export const templateContent = z.object({
  type: z.enum(templateTypes), header: z.string().max(500), body: z.string().max(5_000), footer: z.string().max(500), media: z.string().max(2_100),
  buttons: z.array(templateButton).max(20), hasSecurityAdvice: z.boolean(), codeExpirationMinutes: z.number().int().min(1).max(90).nullable(),
});
export const templateVariables = z.record(z.string().max(500), z.object({ sample: z.string().max(1_600), fallback: z.string().max(1_600) }));

/** Any text of this length is a name for now; the rule is checked with the others. */
const name = z.string().trim().min(1, 'Enter a name, like order_shipped.').max(512);
/** Meta's codes: a language, and a country where it matters. */
const language = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2}|_[A-Z][a-z]{3})?$/, 'Use a code like en or pt_BR.');

/** A family with its first draft; with the name of a family that exists, a further language of it. */
export const createTemplateInput = z.object({
  name, language: language.default('en'), category: templateCategory.default('utility'), content: templateContent.partial().optional(), variables: templateVariables.optional(),
});
export type CreateTemplateInput = z.input<typeof createTemplateInput>;

/** `id` is a version's, here and below. */
export const versionInput = z.object({ id: z.uuid() });
export type VersionInput = z.infer<typeof versionInput>;

/** P79: of a submitted version it makes a new draft that replaces it, and answers that one. `revision`: the one that the editor saw. */
export const updateTemplateInput = versionInput.extend({
  revision: z.number().int().optional(), name: name.optional(), category: templateCategory.optional(), content: templateContent.partial().optional(), variables: templateVariables.optional(),
});
export type UpdateTemplateInput = z.input<typeof updateTemplateInput>;

/** The same text again: as a new language of the family, or under another name. */
export const duplicateTemplateInput = versionInput.extend({ name: name.optional(), language: language.optional() });
export type DuplicateTemplateInput = z.input<typeof duplicateTemplateInput>;

export const listTemplatesInput = pageInput.extend({ search: searchText, status: templateStatus.optional(), category: templateCategory.optional() });
export type ListTemplatesInput = z.input<typeof listTemplatesInput>;

/** A version in a list. */
export const versionSummary = z.object({
  id: z.uuid(), language: z.string(), number: z.number().int(), status: templateStatus, category: templateCategory, grantedCategory: templateCategory.nullable(),
  contentSid: z.string().nullable(), rejectionReason: z.string().nullable(), submittedAt: z.iso.datetime().nullable(), decidedAt: z.iso.datetime().nullable(),
  checkedAt: z.iso.datetime().nullable(), updatedAt: z.iso.datetime(),
});
export type VersionSummary = z.infer<typeof versionSummary>;

/** A family: per language the newest version, and the approved one that can be sent meanwhile (the same, an older one, or none). */
export const templateView = z.object({
  id: z.uuid(), name: z.string(), languages: z.array(z.object({ language: z.string(), newest: versionSummary, usable: versionSummary.nullable() })),
  /** Broadcasts that are drafts, scheduled or on their way with one of its versions. */
  usedBy: z.number().int(), updatedAt: z.iso.datetime(),
});
export type TemplateView = z.infer<typeof templateView>;
export const templatePage = pageOf(templateView).extend({
  /** Seconds from submit to decision that this organisation usually waits, by category (median); null: not known yet. */
  usualSeconds: z.record(templateCategory, z.number().nullable()), checkedAt: z.iso.datetime().nullable(),
});
export type TemplatePage = z.infer<typeof templatePage>;

/** A place in a template where a rule is broken: the part, and the characters of it (null: the whole part). */
export const contentPlace = z.object({ part: z.enum(['name', 'category', 'header', 'body', 'footer', 'media', 'button', 'variable']), index: z.number().int().nullable(), from: z.number().int().nullable(), to: z.number().int().nullable() });

/** Meta's refusal in plain words, with the place that it is about and a change that would help. */
export const rejectionView = z.object({ title: z.string(), help: z.string(), place: contentPlace.nullable(), fix: z.object({ label: z.string(), code: z.string() }).nullable() });
export type RejectionView = z.infer<typeof rejectionView>;

export const versionView = versionSummary.extend({
  templateId: z.uuid(), name: z.string(), externalName: z.string().nullable(), content: templateContent, variables: templateVariables, positions: z.array(z.string()),
  rejection: rejectionView.nullable(), statusSource: z.string().nullable(), isSynced: z.boolean(), replaces: z.uuid().nullable(), revision: z.number().int(),
  nextCheckAt: z.iso.datetime().nullable(), createdAt: z.iso.datetime(),
  /** Broadcasts that pin this version and are not finished. */
  usedBy: z.array(z.object({ id: z.uuid(), name: z.string(), status: z.string() })),
});
export type VersionView = z.infer<typeof versionView>;

/** What a broadcast names by its SID. */
export const pinnedInput = z.object({ contentSid: z.string().min(1).max(100) });
export type PinnedInput = z.infer<typeof pinnedInput>;
/** A version as the channels know it: with numbers, and with the category that Meta charges. */
export type PinnedView = PinnedTemplate & { id: string; templateId: string; number: number };

export const templateInput = z.object({ templateId: z.uuid() });
export type TemplateInput = z.infer<typeof templateInput>;

export const templateEventView = z.object({
  id: z.uuid(), versionId: z.uuid(), language: z.string(), number: z.number().int(), kind: z.string(), before: z.string().nullable(), after: z.string(),
  reason: z.string().nullable(), source: z.string(), at: z.iso.datetime(),
});
export type TemplateEventView = z.infer<typeof templateEventView>;

/** A family whole: all versions, newest first, and its history. */
export const templateDetail = z.object({ id: z.uuid(), name: z.string(), versions: z.array(versionView), events: z.array(templateEventView), usualSeconds: z.record(templateCategory, z.number().nullable()) });
export type TemplateDetail = z.infer<typeof templateDetail>;

/** What a sync found: families and versions that were made elsewhere, and versions whose state changed. */
export const syncView = z.object({ found: z.number().int(), added: z.number().int(), changed: z.number().int(), checkedAt: z.iso.datetime() });
export type SyncView = z.infer<typeof syncView>;

/** People of a broadcast's audience by one variable: the longest real value, and how many lack one. */
export const variableFacts = z.record(z.string(), z.object({ longest: z.string(), lacking: z.number().int(), people: z.number().int() }));
export type VariableFacts = z.infer<typeof variableFacts>;
/** Expressions that compute something are left out of the answer. Without a broadcast all contacts are looked at. */
export const variableFactsInput = z.object({ expressions: z.array(z.string().max(500)).max(100), broadcastId: z.uuid().optional() });
export type VariableFactsInput = z.infer<typeof variableFactsInput>;

/** One family, or all of them. */
export const watchTemplatesInput = z.object({ templateId: z.uuid().optional() });
export type WatchTemplatesInput = z.infer<typeof watchTemplatesInput>;
/** What changed since the event before; the first has nothing but the moment of the last check. A version that is gone is named in `deleted`. */
export const templateChanges = z.object({
  changed: z.array(versionSummary.extend({ templateId: z.uuid(), name: z.string() })), deleted: z.array(z.uuid()), checkedAt: z.iso.datetime().nullable(),
});
export type TemplateChanges = z.infer<typeof templateChanges>;
