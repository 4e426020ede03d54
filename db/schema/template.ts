import { boolean, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { TemplateContent, TemplateVariables } from '#server/channels/whatsapp/template.ts';
import { createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { organizations, users } from './organization.ts';

export const templateCategory = pgEnum('template_category', ['authentication', 'marketing', 'utility']);
export const templateStatus = pgEnum('template_status', ['draft', 'received', 'pending', 'approved', 'rejected', 'paused', 'disabled']);

/** A family: one name, in several languages and versions. */
export const templates = pgTable('template', {
  organizationId: organizationId(),
  id: id(),
  /** Meta's form: lower case, digits, underscores. Version 2 is submitted as name_v2, because Meta keeps a name for ever. */
  name: text('name').notNull(),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('template_name').on(table.organizationId, table.name),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** One text in one language: one HX at Twilio once it is submitted; from then on its words never change (P79). */
export const templateVersions = pgTable('template_version', {
  organizationId: organizationId(),
  id: id(),
  templateId: uuid('template_id').notNull(),
  /** Meta's code: en, en_US, pt_BR. */
  language: text('language').notNull(),
  number: integer('number').notNull(),
  status: templateStatus('status').notNull().default('draft'),
  /** As asked for (P50). */
  category: templateCategory('category').notNull(),
  /** As Meta sees it, when that differs. */
  grantedCategory: templateCategory('granted_category'),
  /** With named fields, as written; of a synced one with numbers. */
  content: jsonb('content').$type<TemplateContent>().notNull(),
  variables: jsonb('variables').$type<TemplateVariables>().notNull().default(sql`'{}'::jsonb`),
  /** Fixed by the submit: the expression of {{1}}, {{2}} …; empty where nobody said yet (synced ones). */
  positions: text('positions').array().notNull().default(sql`'{}'::text[]`),
  /** HX…; null while it is a draft. */
  contentSid: text('content_sid'),
  /** The name at Meta. */
  externalName: text('external_name'),
  /** Meta's words. */
  rejectionReason: text('rejection_reason'),
  /** Who told of the status: submit, poll, event, sync. */
  statusSource: text('status_source'),
  /** It was made elsewhere and found in the account. */
  isSynced: boolean('is_synced').notNull().default(false),
  /** The version that this one follows. */
  replaces: uuid('replaces'),
  /** Rises with every change of a draft (409 version_conflict). */
  revision: integer('revision').notNull().default(1),
  submittedAt: moment('submitted_at'),
  decidedAt: moment('decided_at'),
  checkedAt: moment('checked_at'),
  /** When its status is read again; null: never. */
  nextCheckAt: moment('next_check_at'),
  /** Deleted at Twilio too. The row stays: broadcasts were sent with it, and Meta keeps its name. */
  deletedAt: moment('deleted_at'),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('template_version_number').on(table.organizationId, table.templateId, table.language, table.number),
  uniqueIndex('template_version_content').on(table.organizationId, table.contentSid),
  index('template_version_check').on(table.nextCheckAt).where(sql`${table.nextCheckAt} is not null`),
  foreignKey({ columns: [table.organizationId, table.templateId], foreignColumns: [templates.organizationId, templates.id] }).onDelete('cascade'),
]);

/** Every change of a version, with its moment and source. Append-only. */
export const templateEvents = pgTable('template_event', {
  organizationId: organizationId(),
  id: id(),
  versionId: uuid('version_id').notNull(),
  /** status · category · deleted. */
  kind: text('kind').notNull(),
  before: text('before'),
  after: text('after').notNull(),
  reason: text('reason'),
  /** here: somebody's act · poll · event: pushed by Twilio · sync. */
  source: text('source').notNull(),
  at: moment('at').notNull().default(sql`clock_timestamp()`),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('template_event_version').on(table.organizationId, table.versionId, table.at),
  foreignKey({ columns: [table.organizationId, table.versionId], foreignColumns: [templateVersions.organizationId, templateVersions.id] }).onDelete('cascade'),
]);
