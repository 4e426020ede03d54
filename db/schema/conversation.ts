import { foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { broadcasts } from './broadcast.ts';
import { organizations, users } from './organization.ts';
import { channel, senders } from './sender.ts';

/** One person and one of our numbers. Addresses as the channel writes them (whatsapp:+…). */
export const conversations = pgTable('conversation', {
  organizationId: organizationId(),
  id: id(),
  channel: channel('channel').notNull(),
  /** Ours. */
  sender: text('sender').notNull(),
  /** Theirs. */
  recipient: text('recipient').notNull(),
  /** No foreign key on purpose: a conversation outlives its contact. */
  contactId: uuid('contact_id'),
  /** Their last message: the 24-hour window begins here (P72). */
  lastInboundAt: moment('last_inbound_at'),
  /** The last message of either side; the inbox shows the newest first. Null: nothing but a broadcast. */
  lastMessageAt: moment('last_message_at'),
  /** Messages of theirs that nobody has looked at. */
  unread: integer('unread').notNull().default(0),
  assignedTo: uuid('assigned_to').references(() => users.id, { onDelete: 'set null' }),
  /** Null: open. The next message of theirs opens it again. */
  closedAt: moment('closed_at'),
  /** Out of sight until then, or until they write. */
  snoozedUntil: moment('snoozed_until'),
  /** As they call themselves on WhatsApp, and Meta's id of somebody whose number is not shown. */
  profileName: text('profile_name'),
  waUserId: text('wa_user_id'),
  /** Their message that reads like an opt-out in other words, until a person has decided. */
  suggestedOptOutId: uuid('suggested_opt_out_id'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('conversation_pair').on(table.organizationId, table.sender, table.recipient),
  index('conversation_inbox').on(table.organizationId, table.lastMessageAt).where(sql`${table.lastMessageAt} is not null`),
  index('conversation_contact').on(table.organizationId, table.contactId),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** note: for colleagues only · event: somebody assigned, closed, snoozed it; neither ever reaches a phone. */
export const messageKind = pgEnum('message_kind', ['message', 'note', 'event']);
export const messageDirection = pgEnum('message_direction', ['inbound', 'outbound']);

/** P75: one per MessageSid. What we answer goes out as a delivery of its own broadcast (purpose reply), which has its status, cost and SID. Append-only. */
export const chatMessages = pgTable('chat_message', {
  organizationId: organizationId(),
  id: id(),
  conversationId: uuid('conversation_id').notNull(),
  kind: messageKind('kind').notNull().default('message'),
  direction: messageDirection('direction').notNull(),
  /** SM… or MM… of what they wrote; what we wrote has it on its delivery. */
  sid: text('sid'),
  /** Who of us wrote it; null: they did, or a keyword rule. */
  authorId: uuid('author_id').references(() => users.id, { onDelete: 'set null' }),
  /** The keyword rule that answered. */
  ruleId: uuid('rule_id'),
  /** Of an answer: its delivery is the only one of this broadcast. */
  broadcastId: uuid('broadcast_id'),
  /** Of theirs: the broadcast that they seem to answer. */
  causeBroadcastId: uuid('cause_broadcast_id'),
  body: text('body').notNull().default(''),
  /** [{ url, contentType }] as Twilio names them. */
  media: jsonb('media').$type<Array<{ url: string; contentType: string }>>().notNull().default(sql`'[]'::jsonb`),
  /** What a channel tells besides: { buttonText, buttonPayload, location, forwarded, repliedToSid }; of an event { event, to, until }. */
  extra: jsonb('extra').$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
  /** Keyword rules have looked at it; null with an inbound message: they still must. */
  rulesRunAt: moment('rules_run_at'),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('chat_message_sid').on(table.organizationId, table.sid),
  index('chat_message_conversation').on(table.organizationId, table.conversationId, table.createdAt),
  index('chat_message_broadcast').on(table.organizationId, table.broadcastId).where(sql`${table.broadcastId} is not null`),
  index('chat_message_rules_due').on(table.createdAt).where(sql`${table.rulesRunAt} is null and ${table.direction} = 'inbound'`),
  foreignKey({ columns: [table.organizationId, table.conversationId], foreignColumns: [conversations.organizationId, conversations.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

/** A text kept for answers, inserted by its name. */
export const quickReplies = pgTable('quick_reply', {
  organizationId: organizationId(),
  id: id(),
  name: text('name').notNull(),
  text: text('text').notNull(),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('quick_reply_name').on(table.organizationId, sql`lower(${table.name})`),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** Whom a WhatsApp sender wrote to, and when last: the tier counts those of a moving 24 hours to whom we wrote first (D11); nobody is written to faster than Meta's pair rate. */
export const senderReaches = pgTable('sender_reach', {
  organizationId: organizationId(),
  senderId: uuid('sender_id').notNull(),
  recipient: text('recipient').notNull(),
  /** Any message. */
  lastAt: moment('last_at').notNull(),
  /** The last template outside of their window; null: they have only been answered. */
  initiatedAt: moment('initiated_at'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.senderId, table.recipient] }),
  index('sender_reach_initiated').on(table.organizationId, table.senderId, table.initiatedAt).where(sql`${table.initiatedAt} is not null`),
  foreignKey({ columns: [table.organizationId, table.senderId], foreignColumns: [senders.organizationId, senders.id] }).onDelete('cascade'),
]);
