import { boolean, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { organizations, users } from './organization.ts';

/** keyword: their word, read by us · opt_out_type: their word, as Twilio understood it · provider: Twilio refused with 21610 · erased: they were erased, and their number came back. */
export const optOutSource = pgEnum('opt_out_source', ['keyword', 'provider', 'staff', 'import', 'api', 'opt_out_type', 'erased']);

export const contacts = pgTable('contact', {
  organizationId: organizationId(),
  id: id(),
  /** E.164; null for somebody known by e-mail only. */
  phone: text('phone'),
  email: text('email'),
  firstName: text('first_name'),
  lastName: text('last_name'),
  /** The organisation's own fields: name to text, number or true/false. */
  fields: jsonb('fields').$type<Record<string, string | number | boolean | null>>().notNull().default(sql`'{}'::jsonb`),
  /** Short labels for choosing people, each once, lower case. */
  tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
  timeZone: text('time_zone'),
  consentSource: text('consent_source'),
  consentAt: moment('consent_at'),
  optedOut: boolean('opted_out').notNull().default(false),
  optedOutAt: moment('opted_out_at'),
  optedOutSource: optOutSource('opted_out_source'),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('contact_phone').on(table.organizationId, table.phone),
  index('contact_created').on(table.organizationId, table.createdAt, table.id),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/**
 * D10: opt-outs of numbers that have no contact now, because it was deleted or got another number. Triggers on contact put them here and give them
 * back when the number returns, whichever way it comes.
 */
export const keptOptOuts = pgTable('kept_opt_out', {
  organizationId: organizationId(),
  phone: text('phone').notNull(),
  optedOutAt: moment('opted_out_at').notNull(),
  optedOutSource: optOutSource('opted_out_source'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.phone] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/**
 * The people who were erased: only a keyed hash of the number is left, so that nobody writes to it again when it comes back with an import. The triggers
 * that give back kept opt-outs look here too.
 */
export const erasedPhones = pgTable('erased_phone', {
  organizationId: organizationId(),
  /** HMAC-SHA256 of the E.164 number. */
  hash: text('hash').notNull(),
  erasedAt: moment('erased_at').notNull().defaultNow(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.hash] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

export const lists = pgTable('list', {
  organizationId: organizationId(),
  id: id(),
  /** How the API names it: lower case, digits and hyphens. */
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('list_slug').on(table.organizationId, table.slug),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

export const listMembers = pgTable('list_member', {
  organizationId: organizationId(),
  listId: uuid('list_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  /** Data of this person in this list, e.g. { order: { trackingNumber: "…" } } (P64). */
  data: jsonb('data').$type<Record<string, unknown>>().notNull().default(sql`'{}'::jsonb`),
  addedAt: moment('added_at').notNull().defaultNow(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.listId, table.contactId] }),
  index('list_member_contact').on(table.organizationId, table.contactId),
  foreignKey({ columns: [table.organizationId, table.listId], foreignColumns: [lists.organizationId, lists.id] }).onDelete('cascade'),
  foreignKey({ columns: [table.organizationId, table.contactId], foreignColumns: [contacts.organizationId, contacts.id] }).onDelete('cascade'),
]);

/** What happened to a person: imports, opt-outs, later messages and notes. Append-only. */
export const activities = pgTable('activity', {
  organizationId: organizationId(),
  id: id(),
  contactId: uuid('contact_id').notNull(),
  kind: text('kind').notNull(),
  detail: jsonb('detail').notNull().default(sql`'{}'::jsonb`),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('activity_contact').on(table.organizationId, table.contactId, table.createdAt),
  foreignKey({ columns: [table.organizationId, table.contactId], foreignColumns: [contacts.organizationId, contacts.id] }).onDelete('cascade'),
]);

/** One finished CSV import; written in the same transaction as its contacts, so a row means that all of it is in. */
export const contactImports = pgTable('contact_import', {
  organizationId: organizationId(),
  id: id(),
  fileName: text('file_name').notNull(),
  listId: uuid('list_id'),
  createdCount: integer('created_count').notNull(),
  updatedCount: integer('updated_count').notNull(),
  unchangedCount: integer('unchanged_count').notNull(),
  refusedCount: integer('refused_count').notNull(),
  /** The list was made by this import, and goes with it when it is undone. */
  hasMadeList: boolean('has_made_list').notNull().default(false),
  importedBy: uuid('imported_by').references(() => users.id, { onDelete: 'set null' }),
  undoneAt: moment('undone_at'),
  undoneBy: uuid('undone_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  index('contact_import_created').on(table.organizationId, table.createdAt, table.id),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** What one import did to one contact, so that it can be undone. `before` holds the old values of the changed columns; null: the import made the contact. */
export const contactImportChanges = pgTable('contact_import_change', {
  organizationId: organizationId(),
  importId: uuid('import_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  before: jsonb('before').$type<Record<string, unknown> | null>(),
  /** The new values of the same columns: what has changed since is not undone. */
  after: jsonb('after').$type<Record<string, unknown> | null>(),
  /** It put the contact on the import's list; the data that the member had before, when it was on it. */
  hasJoined: boolean('has_joined').notNull().default(false),
  memberDataBefore: jsonb('member_data_before').$type<Record<string, unknown> | null>(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.importId, table.contactId] }),
  foreignKey({ columns: [table.organizationId, table.importId], foreignColumns: [contactImports.organizationId, contactImports.id] }).onDelete('cascade'),
]);

/** A stored question over contacts, asked anew whenever it is used. */
export const savedFilters = pgTable('saved_filter', {
  organizationId: organizationId(),
  id: id(),
  name: text('name').notNull(),
  /** filterDefinition of server/domain/audience/schema.ts. */
  definition: jsonb('definition').notNull(),
  createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('saved_filter_name').on(table.organizationId, sql`lower(${table.name})`),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/**
 * When a contact was last handed a message, kept by a trigger on broadcast_delivery; test sends do not count. No foreign key to contact, because the
 * write-back of answers must not fail when somebody deletes the contact meanwhile; deleting a contact deletes its row (trigger).
 */
export const contactReaches = pgTable('contact_reach', {
  organizationId: organizationId(),
  contactId: uuid('contact_id').notNull(),
  lastHandedAt: moment('last_handed_at').notNull(),
  lastBroadcastId: uuid('last_broadcast_id').notNull(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.contactId] }),
  // As of attempt: its organisation is looked up once per statement (migration reference_per_statement).
]);
