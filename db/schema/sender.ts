import { boolean, doublePrecision, foreignKey, integer, jsonb, numeric, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { organizations } from './organization.ts';

export const channel = pgEnum('channel', ['sms', 'whatsapp']);

export const twilioAccountStatus = pgEnum('twilio_account_status', ['unchecked', 'connected', 'broken']);

/** The organisation's own Twilio account. Secrets are sealed (server/domain/twilio-account/seal.ts) and never leave as text. */
export const twilioAccounts = pgTable('twilio_account', {
  organizationId: organizationId().primaryKey(),
  accountSid: text('account_sid').notNull(),
  apiKeySid: text('api_key_sid'),
  sealedApiKeySecret: text('sealed_api_key_secret'),
  sealedAuthToken: text('sealed_auth_token'),
  messagingServiceSid: text('messaging_service_sid'),
  /** P17: the number used when a broadcast names none. */
  defaultSenderNumber: text('default_sender_number'),
  /** Where Twilio's Event Streams push the approvals of templates; null: they do not, they are read. */
  eventsDestination: text('events_destination'),
  status: twilioAccountStatus('status').notNull().default('unchecked'),
  /** Result of the last check: [{ name, status, detail, fix }]. */
  checks: jsonb('checks').notNull().default(sql`'[]'::jsonb`),
  checkedAt: moment('checked_at'),
  /** When Twilio was last asked about all senders, and answered. */
  sendersReadAt: moment('senders_read_at'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/**
 * What carriers meter: a 10DLC campaign, a toll-free number, a WhatsApp sender. All workers share the row, and all senders of a campaign share
 * the pace. Times are milliseconds of the database's clock.
 */
export const paces = pgTable('pace', {
  organizationId: organizationId(),
  id: id(),
  /** What it meters, e.g. the campaign's QE sid or the number; unique in the organisation. */
  meter: text('meter').notNull(),
  /** The carrier's cap in segments per second, derived from the registration (P31). */
  segmentsPerSecond: numeric('segments_per_second', { precision: 10, scale: 3 }).notNull(),
  /** Where the cap comes from, in words, e.g. "10DLC campaign, brand score 75". */
  source: text('source').notNull(),
  /** An operator may go slower than the cap, never faster (P33: a check holds it). */
  loweredTo: numeric('lowered_to', { precision: 10, scale: 3 }),
  /** Earliest time of the next slot. */
  nextAt: doublePrecision('next_at').notNull().default(0),
  /** Slots given out in the last sliding window: times and their segments, oldest first. */
  recentAt: doublePrecision('recent_at').array().notNull().default(sql`'{}'::double precision[]`),
  recentSegments: integer('recent_segments').array().notNull().default(sql`'{}'::integer[]`),
  /** Fairness between broadcasts: the one that was served last goes to the end of the queue. */
  lastBroadcastId: uuid('last_broadcast_id'),
  /** Breaker: unanswered calls in a row, and until when the sender stands still. */
  uncertainStreak: integer('uncertain_streak').notNull().default(0),
  haltedUntil: moment('halted_until'),
  haltReason: text('halt_reason'),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('pace_meter').on(table.organizationId, table.meter),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

export const senderKind = pgEnum('sender_kind', ['local', 'toll_free', 'short_code', 'mobile', 'alphanumeric', 'whatsapp']);

/** Carrier approval of a sender, read from Twilio; nothing in the product can set it (D3). */
export const registrationStatus = pgEnum('registration_status', ['not_required', 'unregistered', 'pending', 'approved', 'rejected', 'suspended']);

export const helpAnswerer = pgEnum('help_answerer', ['provider', 'us']);

export const senders = pgTable('sender', {
  organizationId: organizationId(),
  id: id(),
  channel: channel('channel').notNull(),
  /** E.164, or whatsapp:+E.164 for WhatsApp. */
  address: text('address').notNull(),
  kind: senderKind('kind').notNull(),
  /** Twilio's sid of the number (PN…) or channel sender (XE…). */
  providerSid: text('provider_sid'),
  registration: registrationStatus('registration').notNull().default('unregistered'),
  /** What blocks or what was approved, in words. */
  registrationDetail: text('registration_detail'),
  registrationReadAt: moment('registration_read_at'),
  /** It is in the organisation's messaging service, or needs none. */
  isInService: boolean('is_in_service').notNull().default(false),
  /** Where Twilio hands what people write to it, by whatever rule holds; null: nowhere. Twilio's word, like the registration. */
  inboundUrl: text('inbound_url'),
  isSystem: boolean('is_system').notNull().default(false),
  /** WhatsApp tier: people whom the business may write to first in a moving 24 hours; null: unlimited (P68, D11). */
  messagingLimit: integer('messaging_limit'),
  /** HIGH, MEDIUM, LOW … in Meta's words. */
  qualityRating: text('quality_rating'),
  /** P43: who the brand is and how to leave, for whoever writes HELP; null: Twilio's own words. */
  helpText: text('help_text'),
  /** D13: never both. provider: Twilio answers, with the text that is set there · us: we do, with this text. */
  helpBy: helpAnswerer('help_by').notNull().default('provider'),
  paceId: uuid('pace_id').notNull(),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('sender_address').on(table.organizationId, table.address),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.paceId], foreignColumns: [paces.organizationId, paces.id] }),
]);
