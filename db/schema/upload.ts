import { bigint, boolean, foreignKey, integer, jsonb, pgEnum, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { bytea, createdAt, id, moment, organizationId, updatedAt } from './columns.ts';
import { organizations, users } from './organization.ts';

// A file on its way in. The three tables are UNLOGGED (migration 0009): they hold nothing that cannot be chosen again, and a crash empties all of them.

export const uploadState = pgEnum('upload_state', ['uploading', 'checking', 'ready', 'writing', 'done', 'failed']);

export const contactUploads = pgTable('contact_upload', {
  organizationId: organizationId(),
  id: id(),
  fileName: text('file_name').notNull(),
  bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  state: uploadState('state').notNull().default('uploading'),
  /** uploadOptions of server/domain/contact-import/schema.ts: how the file is read and where its people go. */
  options: jsonb('options').notNull(),
  /** Rises with every check that is asked for; a check that is out of date ends. */
  generation: integer('generation').notNull().default(0),
  rowsDone: integer('rows_done').notNull().default(0),
  bytesDone: bigint('bytes_done', { mode: 'number' }).notNull().default(0),
  /** checkResult of the same schema; null until a check has ended. */
  result: jsonb('result'),
  problemCode: text('problem_code'),
  problem: text('problem'),
  importId: uuid('import_id'),
  uploadedBy: uuid('uploaded_by').references(() => users.id, { onDelete: 'set null' }),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** The bytes of the file as they came, so that it can be read again with other columns or another encoding. */
export const contactUploadChunks = pgTable('contact_upload_chunk', {
  organizationId: organizationId(),
  uploadId: uuid('upload_id').notNull(),
  n: integer('n').notNull(),
  bytes: bytea('bytes').notNull(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.uploadId, table.n] }),
  foreignKey({ columns: [table.organizationId, table.uploadId], foreignColumns: [contactUploads.organizationId, contactUploads.id] }).onDelete('cascade'),
]);

/** One row of the file after the check. */
export const contactUploadRows = pgTable('contact_upload_row', {
  organizationId: organizationId(),
  uploadId: uuid('upload_id').notNull(),
  /** As a spreadsheet counts: 1 is the header. */
  row: integer('row').notNull(),
  cells: text('cells').array().notNull(),
  /** What is wrong with it; null: it goes in. */
  findings: jsonb('findings'),
  /** The contact that it belongs to; a new id while there is none. */
  personId: uuid('person_id').notNull().default(sql`gen_random_uuid()`),
  phone: text('phone'),
  email: text('email'),
  firstName: text('first_name'),
  lastName: text('last_name'),
  timeZone: text('time_zone'),
  consentSource: text('consent_source'),
  consentAt: moment('consent_at'),
  optedOut: boolean('opted_out').notNull().default(false),
  tags: text('tags').array().notNull().default(sql`'{}'::text[]`),
  fields: jsonb('fields').notNull().default(sql`'{}'::jsonb`),
  data: jsonb('data').notNull().default(sql`'{}'::jsonb`),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.uploadId, table.row] }),
  foreignKey({ columns: [table.organizationId, table.uploadId], foreignColumns: [contactUploads.organizationId, contactUploads.id] }).onDelete('cascade'),
]);
