import { bigint, boolean, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, organizationId } from './columns.ts';
import { chatMessages } from './conversation.ts';
import { organizations, sessions, users } from './organization.ts';

/** P77: a browser or softphone of a colleague that wants to know of messages. */
export const devices = pgTable('device', {
  organizationId: organizationId(),
  id: id(),
  userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** The sign-in that it was registered or last heard of with. Nothing is pushed once that is over; null: it is, for long. */
  sessionId: uuid('session_id').references(() => sessions.id, { onDelete: 'set null' }),
  name: text('name').notNull(),
  /** Browser and system, in words. */
  platform: text('platform').notNull().default(''),
  /** What it can do: sms, whatsapp, voice. */
  capabilities: text('capabilities').array().notNull().default(sql`'{}'::text[]`),
  /** Heartbeat; older than 90 s: it is not there, and gets nothing over its stream. */
  lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  /** Web Push; null: it listens to its stream only. */
  pushEndpoint: text('push_endpoint'),
  /** { p256dh, auth }, sealed. */
  sealedPushKeys: text('sealed_push_keys'),
  /** Which events it wants: message, notice. */
  events: text('events').array().notNull().default(sql`'{message,notice}'::text[]`),
  /** Local wall-clock times HH:MM between which nothing is pushed; null: always pushed. */
  quietFrom: text('quiet_from'),
  quietUntil: text('quiet_until'),
  timeZone: text('time_zone'),
  /** The events for which these times hold; others are always pushed. */
  quietEvents: text('quiet_events').array().notNull().default(sql`'{message,notice}'::text[]`),
  /** False: a push tells neither who wrote nor what; a lock screen is read by others. */
  showsText: boolean('shows_text').notNull().default(true),
  lastPushedAt: moment('last_pushed_at'),
  lastPushError: text('last_push_error'),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('device_endpoint').on(table.organizationId, table.pushEndpoint),
  index('device_user').on(table.organizationId, table.userId),
  index('device_session').on(table.sessionId),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/**
 * What devices are told of, in the order in which it was committed: `seq` is given under a lock of the organisation, so a reader who has seen n will
 * never meet a smaller one later. Append-only.
 */
export const deviceEvents = pgTable('device_event', {
  organizationId: organizationId(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** message: somebody wrote · notice: a keyword rule calls for a colleague. */
  kind: text('kind').notNull(),
  /** Theirs; of a notice the one that its rule acted on. */
  messageId: uuid('message_id').notNull(),
  at: moment('at').notNull().default(sql`clock_timestamp()`),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.seq] }),
  uniqueIndex('device_event_message').on(table.organizationId, table.messageId, table.kind),
  foreignKey({ columns: [table.organizationId, table.messageId], foreignColumns: [chatMessages.organizationId, chatMessages.id] }).onDelete('cascade'),
]);

/** One push to one device: claimed before it goes out, so that it goes out once. */
export const devicePushes = pgTable('device_push', {
  organizationId: organizationId(),
  deviceId: uuid('device_id').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  tries: integer('tries').notNull().default(1),
  /** Nobody else may try before then. */
  claimedUntil: moment('claimed_until').notNull(),
  /** Taken by the push service, or given up. */
  doneAt: moment('done_at'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.deviceId, table.seq] }),
  index('device_push_event').on(table.organizationId, table.seq),
  foreignKey({ columns: [table.organizationId, table.deviceId], foreignColumns: [devices.organizationId, devices.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.seq], foreignColumns: [deviceEvents.organizationId, deviceEvents.seq] }).onDelete('cascade'),
]);
