import { sql } from 'drizzle-orm';
import { bigint, date, foreignKey, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, moment, money, organizationId } from './columns.ts';
import { organizations } from './organization.ts';
import { channel } from './sender.ts';

/** P84: what Twilio charged, append-only, once per message. A later change of a price is an entry of its own (version 2 …). */
export const ledgerEntries = pgTable('ledger_entry', {
  organizationId: organizationId(),
  id: id(),
  sid: text('sid').notNull(),
  version: smallint('version').notNull().default(1),
  broadcastId: uuid('broadcast_id').notNull(),
  seq: integer('seq').notNull(),
  channel: channel('channel').notNull(),
  /** Positive: what the organisation pays. A correction may be negative. */
  amount: money('amount').notNull(),
  currency: text('currency').notNull(),
  segments: smallint('segments'),
  /** ISO 3166 alpha-2 of the recipient; empty when the number tells none. */
  country: text('country').notNull().default(''),
  /** The number or WhatsApp sender it went out from. */
  sender: text('sender').notNull().default(''),
  /** UTC day on which the message was handed over: the day of all statistics, also of a price that comes later. */
  day: date('day').notNull().default(sql`(now() at time zone 'UTC')::date`),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('ledger_message').on(table.organizationId, table.sid, table.version),
  index('ledger_created').on(table.organizationId, table.createdAt, table.id),
  index('ledger_broadcast').on(table.organizationId, table.broadcastId),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** Charges per UTC day of hand-over, kept by a trigger on ledger_entry. */
export const spendRollups = pgTable('spend_rollup', {
  organizationId: organizationId(),
  day: date('day').notNull(),
  channel: channel('channel').notNull(),
  country: text('country').notNull(),
  sender: text('sender').notNull(),
  currency: text('currency').notNull(),
  shard: smallint('shard').notNull(),
  entries: integer('entries').notNull(),
  segments: bigint('segments', { mode: 'number' }).notNull(),
  amount: money('amount').notNull(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.day, table.channel, table.country, table.sender, table.currency, table.shard] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** Twilio's own usage records per UTC day and category, as last read; what our ledger is compared with. */
export const twilioUsages = pgTable('twilio_usage', {
  organizationId: organizationId(),
  day: date('day').notNull(),
  /** Twilio's category, e.g. sms-outbound. */
  category: text('category').notNull(),
  messages: integer('messages').notNull(),
  price: money('price').notNull(),
  currency: text('currency').notNull(),
  readAt: moment('read_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.day, table.category] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);
