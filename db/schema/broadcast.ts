import { check, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, money, organizationId, updatedAt } from './columns.ts';
import { lists } from './contact.ts';
import { organizations, users } from './organization.ts';
import { channel, senders } from './sender.ts';

export const broadcastStatus = pgEnum('broadcast_status', ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed']);
export const recipientMethod = pgEnum('recipient_method', ['lists', 'all']);

/** P2: one record for every channel. */
export const broadcasts = pgTable('broadcast', {
  organizationId: organizationId(),
  id: id(),
  name: text('name').notNull(),
  channel: channel('channel').notNull(),
  status: broadcastStatus('status').notNull().default('draft'),
  /** Why it stands still or failed, in words that a person can act on. */
  statusReason: text('status_reason'),
  /** Text with Liquid placeholders; free-form content of any channel. */
  content: text('content').notNull().default(''),
  templateSid: text('template_sid'),
  /** Positions to expressions, e.g. { "1": "{{contact.firstName}}" } (P63). */
  templateVariables: jsonb('template_variables').$type<Record<string, string>>(),
  /** As typed: E.164 or whatsapp:+E.164; null: the system number (P17). */
  senderPhone: text('sender_phone'),
  recipientMethod: recipientMethod('recipient_method').notNull().default('lists'),
  /** Rises with every change of the draft; an editor that saves names the one it saw (409 version_conflict). */
  version: integer('version').notNull().default(1),
  /** Fixed when the send begins. */
  senderId: uuid('sender_id'),
  paceId: uuid('pace_id'),
  /** Recipients with a delivery that may go out; those excluded are counted apart. */
  total: integer('total').notNull().default(0),
  excluded: jsonb('excluded').$type<Record<string, number>>().notNull().default(sql`'{}'::jsonb`),
  /** Last seq of the deliveries: they are numbered 1..lastSeq. */
  lastSeq: integer('last_seq').notNull().default(0),
  /** Range claim: every delivery up to here was taken once; retries stand in delivery_retry. */
  claimedSeq: integer('claimed_seq').notNull().default(0),
  estimate: money('estimate'),
  currency: text('currency'),
  /** Price of one segment at the moment of the send, for reserving cost before Twilio names the price. */
  unitPrice: money('unit_price'),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  pausedBy: uuid('paused_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  scheduledAt: moment('scheduled_at'),
  startedAt: moment('started_at'),
  finishedAt: moment('finished_at'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('broadcast_created').on(table.organizationId, table.createdAt, table.id),
  index('broadcast_sending').on(table.organizationId, table.paceId).where(sql`${table.status} = 'sending'`),
  check('broadcast_claimed_range', sql`${table.claimedSeq} between 0 and ${table.lastSeq}`),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.senderId], foreignColumns: [senders.organizationId, senders.id] }),
]);

/** The lists of a broadcast, in the order in which they were chosen. */
export const broadcastLists = pgTable('broadcast_list', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  listId: uuid('list_id').notNull(),
  position: integer('position').notNull(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.broadcastId, table.listId] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.listId], foreignColumns: [lists.organizationId, lists.id] }).onDelete('cascade'),
]);
