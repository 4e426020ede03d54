import { boolean, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { ActionResult, RuleAction } from '#server/domain/automation/schema.ts';
import { createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { chatMessages } from './conversation.ts';
import { organizations, users } from './organization.ts';

export const keywordMatch = pgEnum('keyword_match', ['exact', 'starts_with', 'contains']);

/** What happens when somebody writes a word. The first rule that matches wins: priority, then age. */
export const keywordRules = pgTable('keyword_rule', {
  organizationId: organizationId(),
  id: id(),
  name: text('name').notNull(),
  match: keywordMatch('match').notNull(),
  /** As compared: trimmed, lower case, single blanks. */
  keywords: text('keywords').array().notNull(),
  /** Only what comes to these addresses of ours; empty: to any. */
  senders: text('senders').array().notNull().default(sql`'{}'::text[]`),
  /** 1 is asked first. */
  priority: integer('priority').notNull(),
  isEnabled: boolean('is_enabled').notNull().default(true),
  /** It acts once per person within so many hours. */
  onceHours: integer('once_hours').notNull().default(24),
  actions: jsonb('actions').$type<RuleAction[]>().notNull(),
  /** Signs the webhooks of this rule; sealed. */
  sealedSecret: text('sealed_secret'),
  version: integer('version').notNull().default(1),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('keyword_rule_name').on(table.organizationId, sql`lower(${table.name})`),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** acted · held_back: it matched, but has acted for this person within its hours, or they opted out (reason says which) · near_miss: one letter off a keyword. */
export const ruleOutcome = pgEnum('rule_outcome', ['acted', 'held_back', 'near_miss']);

/** P78: what a rule made of a message, once per message. Append-only. */
export const ruleRuns = pgTable('rule_run', {
  organizationId: organizationId(),
  messageId: uuid('message_id').notNull(),
  ruleId: uuid('rule_id').notNull(),
  outcome: ruleOutcome('outcome').notNull(),
  reason: text('reason'),
  /** The rule's word that matched, or that theirs came near to. */
  keyword: text('keyword').notNull().default(''),
  /** What became of each action, in their order. */
  results: jsonb('results').$type<ActionResult[]>().notNull().default(sql`'[]'::jsonb`),
  /** Their address: who is meant by "once per person". */
  recipient: text('recipient').notNull(),
  at: moment('at').notNull().default(sql`clock_timestamp()`),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.messageId] }),
  index('rule_run_person').on(table.organizationId, table.ruleId, table.recipient, table.at),
  index('rule_run_rule').on(table.organizationId, table.ruleId, table.at),
  foreignKey({ columns: [table.organizationId, table.messageId], foreignColumns: [chatMessages.organizationId, chatMessages.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.ruleId], foreignColumns: [keywordRules.organizationId, keywordRules.id] }).onDelete('cascade'),
]);

/** A signed webhook that a rule owes somebody, until it was taken or given up. */
export const ruleCalls = pgTable('rule_call', {
  organizationId: organizationId(),
  id: id(),
  ruleId: uuid('rule_id').notNull(),
  messageId: uuid('message_id').notNull(),
  url: text('url').notNull(),
  tries: integer('tries').notNull().default(0),
  nextAt: moment('next_at'),
  httpStatus: integer('http_status'),
  error: text('error'),
  doneAt: moment('done_at'),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('rule_call_due').on(table.nextAt).where(sql`${table.nextAt} is not null`),
  index('rule_call_rule').on(table.organizationId, table.ruleId, table.createdAt),
  foreignKey({ columns: [table.organizationId, table.messageId], foreignColumns: [chatMessages.organizationId, chatMessages.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.ruleId], foreignColumns: [keywordRules.organizationId, keywordRules.id] }).onDelete('cascade'),
]);
