import { sql } from 'drizzle-orm';
import { customType, numeric, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Primary key part: a random UUID made by Postgres. */
export const id = () => uuid('id').notNull().default(sql`gen_random_uuid()`);

/** The tenant column. Every key of a tenant table begins with it; row-level security compares it. */
export const organizationId = () => uuid('organization_id').notNull();

/** A moment in time with zone, as a JavaScript Date. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const createdAt = () => moment('created_at').notNull().defaultNow();
export const updatedAt = () => moment('updated_at').notNull().defaultNow();

/** Money as an exact decimal string; six places, because one segment costs fractions of a cent. */
export const money = (name: string) => numeric(name, { precision: 18, scale: 6 });

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
