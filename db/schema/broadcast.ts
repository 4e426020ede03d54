import { boolean, check, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, money, organizationId, updatedAt } from './columns.ts';
import { contacts, lists, savedFilters } from './contact.ts';
import { organizations, users } from './organization.ts';
import { channel, senders } from './sender.ts';

export const broadcastStatus = pgEnum('broadcast_status', ['draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed']);
/**
 * broadcast: to an audience · test: from the editor, to try a text · reply: one answer to one person, by a colleague or a keyword rule · help: the answer to
 * HELP, which also who opted out gets. Only the first stands in lists, reports and caps; all stand in the ledger, because they cost.
 */
export const purpose = pgEnum('broadcast_purpose', ['broadcast', 'test', 'reply', 'help']);
export const recipientMethod = pgEnum('recipient_method', ['lists', 'all', 'numbers', 'filter']);

/** P2: one record for every channel. */
export const broadcasts = pgTable('broadcast', {
  organizationId: organizationId(),
  id: id(),
  name: text('name').notNull(),
  channel: channel('channel').notNull(),
  status: broadcastStatus('status').notNull().default('draft'),
  /** Why it stands still or failed, in words that a person can act on. */
  statusReason: text('status_reason'),
  /** It goes on by itself when this is over: template (its version is not approved at the moment). */
  waitsFor: text('waits_for'),
  /** Text with Liquid placeholders; free-form content of any channel. */
  content: text('content').notNull().default(''),
  /** Public addresses of the media that go with the free-form content. */
  mediaUrls: text('media_urls').array().notNull().default(sql`'{}'::text[]`),
  /** HX… of the pinned template version. */
  templateSid: text('template_sid'),
  /** Positions to expressions, e.g. { "1": "{{contact.firstName}}" } (P63). */
  templateVariables: jsonb('template_variables').$type<Record<string, string>>(),
  /** As typed: E.164 or whatsapp:+E.164; null: the system number (P17). */
  senderPhone: text('sender_phone'),
  recipientMethod: recipientMethod('recipient_method').notNull().default('lists'),
  /** For recipientMethod filter. */
  savedFilterId: uuid('saved_filter_id'),
  /** Nobody who matches this filter gets it, whatever the recipient method. */
  excludedFilterId: uuid('excluded_filter_id'),
  /** The audience was fixed at this moment: broadcast_contact holds it. Null: it is resolved when the send begins (D8). */
  audienceFixedAt: moment('audience_fixed_at'),
  /** The send is refused when more people than this would get it. */
  recipientCeiling: integer('recipient_ceiling'),
  /** By field: what happens to a person without a value for it. */
  missingValues: jsonb('missing_values').$type<Record<string, { policy: 'default' | 'skip' | 'block'; value?: string | undefined }>>().notNull().default(sql`'{}'::jsonb`),
  /** Last line of every message, counted in its segments; left out of a text that names STOP already. */
  optOutLine: text('opt_out_line'),
  ignoresQuietHours: boolean('ignores_quiet_hours').notNull().default(false),
  /** The first so many are sent, then it waits for somebody to look. */
  stageSize: integer('stage_size'),
  /** Ceiling of this broadcast's own cost; reaching it pauses. */
  budget: money('budget'),
  /** The finished broadcast whose failed recipients this one tries again. */
  retryOf: uuid('retry_of'),
  purpose: purpose('purpose').notNull().default('broadcast'),
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
  /** Nothing is handed to Twilio before this moment. */
  holdUntil: moment('hold_until'),
  /** When this many were claimed the broadcast pauses for a look: a staged send, or "50 more and watch". */
  pauseAtSeq: integer('pause_at_seq'),
  /** The automatic brake looks at deliveries after this one only: those before were looked at by a person. */
  brakeAfterSeq: integer('brake_after_seq').notNull().default(0),
  estimate: money('estimate'),
  currency: text('currency'),
  /** Price of one segment at the moment of the send, for reserving cost before Twilio names the price. */
  unitPrice: money('unit_price'),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  pausedBy: uuid('paused_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  scheduledAt: moment('scheduled_at'),
  /** IANA name in which the schedule was chosen. */
  timeZone: text('time_zone'),
  /** Wall-clock time, yyyy-mm-ddThh:mm, at which each recipient gets it in their own zone; null: all at scheduledAt. */
  localSendAt: text('local_send_at'),
  startedAt: moment('started_at'),
  finishedAt: moment('finished_at'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('broadcast_created').on(table.organizationId, table.createdAt, table.id),
  // Answers are many and stand in no list: broadcasts are found among them without reading them. As a condition, because behind row-level security an enum is no key of a search.
  index('broadcast_told').on(table.organizationId, table.createdAt, table.id).where(sql`${table.purpose} in ('broadcast', 'test')`),
  index('broadcast_held_answer').on(table.organizationId, table.paceId).where(sql`${table.status} = 'paused' and ${table.purpose} in ('reply', 'help')`),
  index('broadcast_template').on(table.organizationId, table.templateSid).where(sql`${table.templateSid} is not null`),
  index('broadcast_sending').on(table.organizationId, table.paceId).where(sql`${table.status} = 'sending'`),
  check('broadcast_claimed_range', sql`${table.claimedSeq} between 0 and ${table.lastSeq}`),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.senderId], foreignColumns: [senders.organizationId, senders.id] }),
  foreignKey({ columns: [table.organizationId, table.savedFilterId], foreignColumns: [savedFilters.organizationId, savedFilters.id] }),
  foreignKey({ columns: [table.organizationId, table.excludedFilterId], foreignColumns: [savedFilters.organizationId, savedFilters.id] }),
]);

/** The lists of a broadcast, in the order in which they were chosen. */
export const broadcastLists = pgTable('broadcast_list', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  listId: uuid('list_id').notNull(),
  position: integer('position').notNull(),
  /** Its members are left out instead. */
  isExcluded: boolean('is_excluded').notNull().default(false),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.broadcastId, table.listId] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.listId], foreignColumns: [lists.organizationId, lists.id] }).onDelete('cascade'),
]);

/** People chosen one by one (recipientMethod numbers, a retry), or the whole audience once it is fixed. */
export const broadcastContacts = pgTable('broadcast_contact', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  /** In the fixed audience, but left out by what was excluded at that moment. */
  isExcluded: boolean('is_excluded').notNull().default(false),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.broadcastId, table.contactId] }),
  index('broadcast_contact_contact').on(table.organizationId, table.contactId),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.contactId], foreignColumns: [contacts.organizationId, contacts.id] }).onDelete('cascade'),
]);

/** How a draft stood after a change. Changes of one person within some minutes share a row, until it is named. */
export const broadcastVersions = pgTable('broadcast_version', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  version: integer('version').notNull(),
  name: text('name'),
  snapshot: jsonb('snapshot').notNull(),
  savedBy: uuid('saved_by').references(() => users.id, { onDelete: 'set null' }),
  savedAt: moment('saved_at').notNull().defaultNow(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.broadcastId, table.version] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

/** A link that shows a report to whoever has it, until it expires or is revoked. Of its token only the hash is kept. */
export const reportShares = pgTable('report_share', {
  organizationId: organizationId(),
  id: id(),
  broadcastId: uuid('broadcast_id').notNull(),
  /** SHA-256 of the token, in hex. */
  tokenHash: text('token_hash').notNull().unique(),
  showsCost: boolean('shows_cost').notNull(),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('report_share_broadcast').on(table.organizationId, table.broadcastId),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

export const approvalDecision = pgEnum('approval_decision', ['approved', 'rejected']);

/** A second person's word on a send, bound by a hash to its content, audience, sender and ceilings: any change makes it void. */
export const broadcastApprovals = pgTable('broadcast_approval', {
  organizationId: organizationId(),
  id: id(),
  broadcastId: uuid('broadcast_id').notNull(),
  hash: text('hash').notNull(),
  /** At most so many people, and at most this cost, are approved. */
  recipients: integer('recipients').notNull(),
  amount: money('amount').notNull(),
  currency: text('currency').notNull(),
  requestedBy: uuid('requested_by').references(() => users.id, { onDelete: 'set null' }),
  requestedAt: moment('requested_at').notNull().defaultNow(),
  decision: approvalDecision('decision'),
  decidedBy: uuid('decided_by').references(() => users.id, { onDelete: 'set null' }),
  decidedAt: moment('decided_at'),
  /** The send that it allowed began then. */
  usedAt: moment('used_at'),
  note: text('note'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('broadcast_approval_broadcast').on(table.organizationId, table.broadcastId, table.requestedAt),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);

export const responseKind = pgEnum('response_kind', ['reply', 'opt_out']);

/** Who answered a broadcast, or left because of it, once per person and kind. Append-only. */
export const broadcastResponses = pgTable('broadcast_response', {
  organizationId: organizationId(),
  broadcastId: uuid('broadcast_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  kind: responseKind('kind').notNull(),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.broadcastId, table.contactId, table.kind] }),
  foreignKey({ columns: [table.organizationId, table.broadcastId], foreignColumns: [broadcasts.organizationId, broadcasts.id] }).onDelete('cascade'),
]);
