import { bigint, boolean, foreignKey, index, inet, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, moment, money, organizationId } from './columns.ts';
import { sql } from 'drizzle-orm';

/** Order is power: each role may do what the ones after it may. */
export const role = pgEnum('role', ['owner', 'admin', 'marketer', 'support', 'viewer']);

export const users = pgTable('user', {
  id: id().primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: createdAt(),
}, (table) => [uniqueIndex('user_email').on(sql`lower(${table.email})`)]);

export const organizations = pgTable('organization', {
  id: id().primaryKey(),
  name: text('name').notNull(),
  /** IANA name, e.g. America/New_York. */
  timeZone: text('time_zone').notNull().default('UTC'),
  /** ISO 3166 alpha-2; phone numbers without + are read as numbers of this country. */
  defaultCountry: text('default_country').notNull().default('US'),
  /** Ceiling of a calendar month (UTC) in the currency of the account; null: none. Reaching it pauses, it never fails. */
  monthlyBudget: money('monthly_budget'),
  /** Nothing is handed over between these wall-clock times (HH:MM) of the recipient; null: at any hour. */
  quietFrom: text('quiet_from'),
  quietTo: text('quiet_to'),
  /** A person gets at most one broadcast within so many hours; null: no cap. */
  frequencyCapHours: integer('frequency_cap_hours'),
  /** Above either a second person must approve a send; null: never. */
  approvalRecipients: integer('approval_recipients'),
  approvalAmount: money('approval_amount'),
  /** False: no push to any device tells who wrote or what. */
  pushShowsText: boolean('push_shows_text').notNull().default(true),
  /** The number of its newest device_event; numbers are never given twice. */
  lastDeviceEvent: bigint('last_device_event', { mode: 'number' }).notNull().default(0),
  /** What the editor offers as last line of a marketing text. */
  optOutLine: text('opt_out_line').notNull().default('Reply STOP to opt out.'),
  createdAt: createdAt(),
});

export const memberships = pgTable('membership', {
  organizationId: organizationId(),
  userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  role: role('role').notNull(),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.userId] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
  index('membership_user').on(table.userId),
]);

export const sessionKind = pgEnum('session_kind', ['browser', 'token']);

/** One row per sign-in; checked on every request, so revoking it takes effect at once. Not a tenant table: a user may belong to several organisations. */
export const sessions = pgTable('session', {
  id: id().primaryKey(),
  userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  kind: sessionKind('kind').notNull(),
  /** The organisation that the browser works in now; null until one is chosen. */
  activeOrganizationId: uuid('active_organization_id').references(() => organizations.id, { onDelete: 'set null' }),
  address: inet('address'),
  userAgent: text('user_agent'),
  createdAt: createdAt(),
  lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
}, (table) => [index('session_user').on(table.userId)]);

/** Failed sign-ins per account and per address; keys are hashes, so that no e-mail or address is kept. */
export const signInThrottles = pgTable('sign_in_throttle', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  blockedUntil: moment('blocked_until').notNull(),
  lastFailureAt: moment('last_failure_at').notNull(),
});

/** Who accepted which version of a service agreement for the organisation. */
export const agreementAcceptances = pgTable('agreement_acceptance', {
  organizationId: organizationId(),
  service: text('service').notNull(),
  version: text('version').notNull(),
  acceptedBy: uuid('accepted_by').notNull().references(() => users.id),
  acceptedAt: moment('accepted_at').notNull().defaultNow(),
  address: inet('address'),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.service, table.version] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** The first answer to a request that carried an Idempotency-Key, so that a repeat gets the same one. */
export const idempotencyKeys = pgTable('idempotency_key', {
  organizationId: organizationId(),
  key: text('key').notNull(),
  /** What was asked: operation and a hash of its input. The same key with another request is refused. */
  request: text('request').notNull(),
  response: text('response').notNull(),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.key] }),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);

/** A worker process that is alive; one that stopped reporting is dead, and its job locks are freed. */
export const workers = pgTable('worker', {
  id: text('id').primaryKey(),
  /** The names under which its job runners lock jobs. */
  lockIds: text('lock_ids').array().notNull().default(sql`'{}'::text[]`),
  startedAt: moment('started_at').notNull().defaultNow(),
  lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  isStopping: boolean('is_stopping').notNull().default(false),
});

/** What the processes of the installation count together, such as requests at Twilio's doors; each adds what it has seen every few seconds. */
export const instanceCounters = pgTable('instance_counter', {
  name: text('name').primaryKey(),
  value: bigint('value', { mode: 'number' }).notNull(),
});

/** How one person looks at a list: the query of its address under a name. */
export const userViews = pgTable('user_view', {
  organizationId: organizationId(),
  id: id(),
  userId: uuid('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  /** The list that it is a view of: broadcasts, deliveries. */
  page: text('page').notNull(),
  name: text('name').notNull(),
  query: text('query').notNull(),
  createdAt: createdAt(),
}, (table) => [
  primaryKey({ columns: [table.organizationId, table.id] }),
  uniqueIndex('user_view_name').on(table.organizationId, table.userId, table.page, table.name),
  foreignKey({ columns: [table.organizationId], foreignColumns: [organizations.id] }).onDelete('cascade'),
]);
