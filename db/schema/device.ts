import { foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, organizationId } from './columns.ts';
import { organizations, users } from './organization.ts';

/** P77: a browser or softphone of a colleague that wants to know of messages. */
export const devices = pgTable('device', {
  organizationId: organizationId(),
  id: id(),
  userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
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
  lastPushedAt: moment('last_pushed_at'),
  lastPushError: text('last_push_error'),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('device_push').on(table.organizationId, table.pushEndpoint),
  index('device_user').on(table.organizationId, table.userId),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);
