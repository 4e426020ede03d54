import { bigint, date, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { moment, money, organizationId } from './columns.ts';
import { broadcasts } from './broadcast.ts';
import { organizations } from './organization.ts';
import { channel } from './sender.ts';

/** Order is rank: a callback, however late, may only move a delivery to the right. The status is the greatest fact known. */
export const deliveryStatus = pgEnum('delivery_status', [
  'queued', 'skipped', 'cancelled', 'unknown', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read',
]);
export const deliveryMethod = pgEnum('delivery_method', ['sms', 'template', 'freeform']);

/**
 * P4, P34: exactly one row per broadcast and recipient, whatever is retried. Rows are numbered while they are selected, so a range of seq is a
 * claim. No index touches a column that changes: every write-back stays within its page (fillfactor in the migration).
 */
export const deliveries = pgTable('broadcast_delivery', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  seq: integer('seq').notNull(),
  /** No foreign key on purpose: the log outlives the contact. */
  contactId: uuid('contact_id'),
  /** E.164, or whatsapp:+E.164. */
  recipient: text('recipient').notNull(),
  status: deliveryStatus('status').notNull().default('queued'),
  /** Why it was skipped or failed: opted_out, missing_variable, twilio_error … */
  reason: text('reason'),
  method: deliveryMethod('method'),
  segments: smallint('segments'),
  attempts: smallint('attempts').notNull().default(0),
  /** Twilio's SM… or MM…; D15: nothing is shown as sent without one. */
  providerMessageId: text('provider_message_id'),
  sender: text('sender'),
  errorCode: integer('error_code'),
  estimate: money('estimate'),
  /** What Twilio charged, positive; null until it is known. */
  price: money('price'),
  priceUnit: text('price_unit'),
  /** When Twilio accepted it; set once, the day of all statistics. */
  handedAt: moment('handed_at'),
  sentAt: moment('sent_at'),
  deliveredAt: moment('delivered_at'),
  failedAt: moment('failed_at'),
}, (table) => [
  primaryKey({ columns: [table.broadcastId, table.seq] }),
  uniqueIndex('delivery_recipient').on(table.broadcastId, table.recipient),
  // No foreign key of its own, which would be checked a million times in a fan-out: every statement also writes broadcast_rollup, whose foreign key
  // names the same organisation and broadcast, and deleting a broadcast deletes its deliveries (migration 0005).
]);

/** Deliveries that were claimed but must be tried again: a 429, a call that was never written, a recipient with an open attempt elsewhere. */
export const deliveryRetries = pgTable('delivery_retry', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  seq: integer('seq').notNull(),
  dueAt: moment('due_at').notNull(),
  /** retry · conflict (an open attempt elsewhere) · quiet_hours · local_time (the recipient's own hour has not come) · tier · pair_rate · window_closed (once more, as template). */
  reason: text('reason').notNull().default('retry'),
  /** Whose quiet hours hold it: a state by its name, or a country by its code; and the one zone of the recipient, where there is one. */
  place: text('place'),
  zone: text('zone'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.broadcastId, table.seq] }),
  // Thousands may wait for their own hour: the due ones are found without reading them.
  index('delivery_retry_due').on(table.organizationId, table.broadcastId, table.dueAt),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

/**
 * intent: written before any byte leaves · accepted, rejected: Twilio answered · uncertain: it may or may not have accepted ·
 * absent: looked for and not found, a scheduled message takes its place · aborted: certainly never written to a socket.
 */
export const attemptState = pgEnum('attempt_state', ['intent', 'accepted', 'rejected', 'uncertain', 'absent', 'aborted']);
export const resolution = pgEnum('resolution', ['response', 'callback', 'list', 'policy', 'operator']);

export const attempts = pgTable('attempt', {
  organizationId: organizationId(),
  /** 128 random bits, hex; it travels in the status callback's URL. */
  token: text('token').notNull(),
  broadcastId: uuid('broadcast_id').notNull(),
  seq: integer('seq').notNull(),
  n: smallint('n').notNull(),
  paceId: uuid('pace_id').notNull(),
  accountSid: text('account_sid').notNull(),
  recipient: text('recipient').notNull(),
  /** As the person reads it; of a template the words with its values. */
  body: text('body').notNull(),
  contentSid: text('content_sid'),
  contentVariables: jsonb('content_variables').$type<Record<string, string>>(),
  mediaUrls: text('media_urls').array(),
  segments: smallint('segments').notNull(),
  method: deliveryMethod('method').notNull(),
  sender: text('sender').notNull(),
  estimate: money('estimate').notNull(),
  state: attemptState('state').notNull().default('intent'),
  workerId: text('worker_id').notNull(),
  intentAt: moment('intent_at').notNull().default(sql`clock_timestamp()`),
  /** Past this an intent without an answer belongs to the resolver. */
  leaseUntil: moment('lease_until').notNull(),
  sid: text('sid'),
  httpStatus: smallint('http_status'),
  errorCode: integer('error_code'),
  answeredAt: moment('answered_at'),
  resolvedBy: resolution('resolved_by'),
  /** Resolver: when to look again, and how often it has looked. */
  checkAt: moment('check_at'),
  checks: smallint('checks').notNull().default(0),
  /** A scheduled (cancellable) repeat: when Twilio will send it. */
  sendAt: moment('send_at'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.token] }),
  uniqueIndex('attempt_number').on(table.broadcastId, table.seq, table.n),
  uniqueIndex('attempt_sid').on(table.organizationId, table.sid).where(sql`${table.sid} is not null`),
  // One open attempt per account and person makes a match in Twilio's list unambiguous.
  uniqueIndex('attempt_open').on(table.accountSid, table.recipient).where(sql`${table.state} in ('intent', 'uncertain')`),
  // What the sweep looks for over all organisations; on the usual way check_at stays null.
  index('attempt_due').on(table.checkAt).where(sql`${table.checkAt} is not null`),
  index('attempt_unresolved').on(table.organizationId, table.paceId).where(sql`${table.state} in ('intent', 'uncertain')`),
  // No foreign key of its own, which would be looked up for every message: a trigger looks once per statement, and deleting a broadcast deletes its
  // attempts, as its deliveries (migration reference_per_statement).
]);

/** Facts that Twilio reported, append-only; a delivery's status is a join over them. */
export const messageEvents = pgTable('message_event', {
  organizationId: organizationId(),
  id: bigint('id', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  broadcastId: uuid('broadcast_id').notNull(),
  seq: integer('seq').notNull(),
  sid: text('sid').notNull(),
  /** Twilio's word: queued, sent, delivered … */
  providerStatus: text('provider_status').notNull(),
  status: deliveryStatus('status'),
  errorCode: integer('error_code').notNull().default(0),
  /** callback: pushed to us · list: read by us. */
  source: text('source').notNull(),
  receivedAt: moment('received_at').notNull().default(sql`clock_timestamp()`),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('message_event_fact').on(table.organizationId, table.sid, table.providerStatus, table.errorCode),
  index('message_event_delivery').on(table.broadcastId, table.seq),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

/** Counts per broadcast and status, kept by a statement trigger on broadcast_delivery; sharded so that writers do not queue. */
export const broadcastRollups = pgTable('broadcast_rollup', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  shard: smallint('shard').notNull(),
  status: deliveryStatus('status').notNull(),
  /** ISO 4217 of the price; empty while none of these messages is priced. */
  currency: text('currency').notNull().default(''),
  deliveries: integer('deliveries').notNull(),
  segments: bigint('segments', { mode: 'number' }).notNull(),
  priced: integer('priced').notNull(),
  price: money('price').notNull(),
  /** Estimates of the messages that Twilio has taken and not yet priced. */
  unpricedEstimate: money('unpriced_estimate').notNull(),
}, (table) => [
  primaryKey({ columns: [table.broadcastId, table.shard, table.status, table.currency] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

/** The same counts per day (UTC day of handing over) and channel, for the dashboard. */
export const dailyRollups = pgTable('daily_rollup', {
  organizationId: organizationId(),
  day: date('day').notNull(),
  channel: channel('channel').notNull(),
  shard: smallint('shard').notNull(),
  status: deliveryStatus('status').notNull(),
  currency: text('currency').notNull().default(''),
  deliveries: integer('deliveries').notNull(),
  segments: bigint('segments', { mode: 'number' }).notNull(),
  priced: integer('priced').notNull(),
  price: money('price').notNull(),
  unpricedEstimate: money('unpriced_estimate').notNull(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.day, table.channel, table.shard, table.status, table.currency] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** Failures and skips by cause, kept by the triggers on broadcast_delivery: a report reads some rows, however large the broadcast. */
export const broadcastCauseRollups = pgTable('broadcast_cause_rollup', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  shard: smallint('shard').notNull(),
  status: deliveryStatus('status').notNull(),
  reason: text('reason').notNull().default(''),
  errorCode: integer('error_code').notNull().default(0),
  deliveries: integer('deliveries').notNull(),
}, (table) => [
  primaryKey({ columns: [table.broadcastId, table.shard, table.status, table.reason, table.errorCode] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

/** How long messages took from hand-over to delivery: count per logarithmic bucket (upper bounds in server/domain/delivery/durations.ts). */
export const broadcastDurationRollups = pgTable('broadcast_duration_rollup', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  shard: smallint('shard').notNull(),
  bucket: smallint('bucket').notNull(),
  deliveries: integer('deliveries').notNull(),
}, (table) => [
  primaryKey({ columns: [table.broadcastId, table.shard, table.bucket] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);
