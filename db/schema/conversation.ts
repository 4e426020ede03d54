import { foreignKey, index, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { organizations } from './organization.ts';
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
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('conversation_pair').on(table.organizationId, table.sender, table.recipient),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

export const messageDirection = pgEnum('message_direction', ['inbound', 'outbound']);

/** P75: one per MessageSid. Append-only but for its delivery. */
export const chatMessages = pgTable('chat_message', {
  organizationId: organizationId(),
  id: id(),
  conversationId: uuid('conversation_id').notNull(),
  direction: messageDirection('direction').notNull(),
  /** SM… or MM…; null while an answer of ours is on its way. */
  sid: text('sid'),
  body: text('body').notNull().default(''),
  /** [{ url, contentType }] as Twilio names them. */
  media: jsonb('media').$type<Array<{ url: string; contentType: string }>>().notNull().default(sql`'[]'::jsonb`),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('chat_message_sid').on(table.organizationId, table.sid),
  index('chat_message_conversation').on(table.organizationId, table.conversationId, table.createdAt),
  foreignKey({ columns: [table.organizationId, table.conversationId], foreignColumns: [conversations.organizationId, conversations.id] }).onDelete('cascade'),
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
