import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contacts, organizations } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { listsOf } from '#server/domain/contact/membership.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { notFound, Problem } from '#server/errors.ts';

type ContactRow = typeof contacts.$inferSelect;

/** Rows as the doors show them, with the lists of each, in the same order. */
export async function viewContacts(tx: Tx, organizationId: string, found: readonly ContactRow[]): Promise<ContactView[]> {
  const lists = await listsOf(tx, organizationId, found.map((row) => row.id));
  return found.map((row) => ({
    id: row.id, phone: row.phone, email: row.email, firstName: row.firstName, lastName: row.lastName, fields: row.fields, tags: row.tags, timeZone: row.timeZone,
    consentSource: row.consentSource, consentAt: row.consentAt?.toISOString() ?? null,
    optedOut: row.optedOut, optedOutAt: row.optedOutAt?.toISOString() ?? null, optedOutSource: row.optedOutSource,
    lists: lists.get(row.id) ?? [], createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(),
  }));
}

/** @throws Problem not_found */
export async function viewContact(tx: Tx, organizationId: string, id: string): Promise<ContactView> {
  const found = await tx.select().from(contacts).where(and(eq(contacts.organizationId, organizationId), eq(contacts.id, id)));
  const [view] = await viewContacts(tx, organizationId, found);
  if (!view) throw notFound('contact');
  return view;
}

/** ISO 3166 alpha-2 of the organisation: what a number without a country code belongs to. */
export async function defaultCountry(tx: Tx, organizationId: string): Promise<string> {
  const [row] = await tx.select({ country: organizations.defaultCountry }).from(organizations).where(eq(organizations.id, organizationId));
  if (!row) throw notFound('organisation');
  return row.country;
}

/** What to call somebody in a sentence. */
export const nameOf = (contact: Pick<ContactRow, 'firstName' | 'lastName'>) => [contact.firstName, contact.lastName].filter(Boolean).join(' ');

/**
 * Runs `work`; when it gave a phone number that somebody has already, says who. The unique index decides, so that two requests at once cannot both win.
 * @throws Problem already_exists with data.contactId
 */
export async function refusingDuplicates<T>(ctx: Context, work: (tx: Tx, onPhone: (phone: string | null | undefined) => void) => Promise<T>): Promise<T> {
  let wanted: string | null | undefined;
  try {
    return await ctx.transaction((tx) => work(tx, (phone) => { wanted = phone; }));
  } catch (error) {
    if (!wanted || !isTakenPhone(error)) throw error;
    throw await duplicateOf(ctx, wanted, error);
  }
}

function isTakenPhone(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === '23505' && 'constraint_name' in cause && cause.constraint_name === 'contact_phone';
}

async function duplicateOf(ctx: Context, phone: string, error: unknown) {
  const [existing] = await ctx.transaction((tx) => tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.phone, phone))));
  if (!existing) return error;
  const name = nameOf(existing);
  const message = `${phone} belongs to ${name ? `the contact ${name}` : 'another contact'} already. Change that contact, or give another number.`;
  return new Problem('already_exists', message, { details: [{ field: 'phone', code: 'taken', message }], data: { contactId: existing.id, name: name || null } });
}
