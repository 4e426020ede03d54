import { foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { id, moment, organizationId } from './columns.ts';
import { optOutSource } from './contact.ts';
import { organizations, users } from './organization.ts';
import { channel } from './sender.ts';

export const consentKind = pgEnum('consent_kind', ['opt_out', 'opt_in']);
/** organization: from all of our senders · sender: from one of them. */
export const consentScope = pgEnum('consent_scope', ['organization', 'sender']);
/** not_needed: Twilio knows it, or told us · due: to be told to Twilio · done · failed, with the reason. */
export const pushState = pgEnum('consent_push_state', ['not_needed', 'due', 'done', 'failed']);

/** Who left and who came back, by what, with its proof. Append-only but for the push; contact.opted_out and sender_opt_out are its results. */
export const consentEvents = pgTable('consent_event', {
  organizationId: organizationId(),
  id: id(),
  kind: consentKind('kind').notNull(),
  /** E.164: the number is what left, whoever has it as contact. */
  phone: text('phone').notNull(),
  contactId: uuid('contact_id'),
  scope: consentScope('scope').notNull().default('organization'),
  /** Our address, for the scope sender; else where their word came in, when it did. */
  sender: text('sender'),
  /** Of an opt-in for one channel only; null: all. */
  channel: channel('channel'),
  source: optOutSource('source').notNull(),
  /** What proves it: { messageSid, word } · { errorCode, deliveryId } · { importId, row } · { note } · { ruleId, consentText } */
  evidence: jsonb('evidence').$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
  actorId: uuid('actor_id').references(() => users.id, { onDelete: 'set null' }),
  at: moment('at').notNull().default(sql`clock_timestamp()`),
  push: pushState('push').notNull().default('not_needed'),
  pushedAt: moment('pushed_at'),
  pushError: text('push_error'),
  pushTries: integer('push_tries').notNull().default(0),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('consent_event_phone').on(table.organizationId, table.phone, table.at),
  index('consent_event_at').on(table.organizationId, table.at, table.id),
  index('consent_event_push').on(table.organizationId, table.at).where(sql`${table.push} = 'due'`),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** Numbers that left one of our senders only; the intent transaction asks here besides contact.opted_out. */
export const senderOptOuts = pgTable('sender_opt_out', {
  organizationId: organizationId(),
  /** Ours. */
  sender: text('sender').notNull(),
  phone: text('phone').notNull(),
  at: moment('at').notNull().defaultNow(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.sender, table.phone] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** What one drift check found, in ids: who it is about stands in the ledger. */
export type OptOutFindings = {
  /** MessageSids of STOP and START that had never arrived here, and are recorded now. */
  recovered: string[];
  /** Other messages of theirs that never arrived; nobody answers them by themselves. */
  missedMessages: number;
  /** SIDs of messages that Twilio refused with 21610, of people who could still be written to here. */
  refused: string[];
};

/** The comparison of our opt-outs with what Twilio can tell: the last one of each organisation. */
export const optOutChecks = pgTable('opt_out_check', {
  organizationId: organizationId().primaryKey(),
  startedAt: moment('started_at').notNull(),
  finishedAt: moment('finished_at'),
  /** From where on Twilio's list was read; the next check begins where the last one that finished had begun. */
  since: moment('since').notNull(),
  /** Senders whose messages have been read, of how many. */
  done: integer('done').notNull().default(0),
  total: integer('total').notNull().default(0),
  error: text('error'),
  result: jsonb('result').$type<OptOutFindings>(),
}, (table) => [
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);
