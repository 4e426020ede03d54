import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { activities, contacts } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import type { ContactView, UpdateContactInput } from '#server/domain/contact/schema.ts';
import { contactColumns } from '#server/domain/contact/values.ts';
import { defaultCountry, refusingDuplicates, viewContact } from '#server/domain/contact/view.ts';
import { invalidField, notFound } from '#server/errors.ts';

type ContactRow = typeof contacts.$inferSelect;

/**
 * Changes what is named: an empty text clears, a field set to null is removed, what is left out stays. Support may record an opt-out; the rest
 * takes a marketer.
 * @throws Problem not_found; already_exists naming the contact that has the number; validation_failed naming the field
 */
export async function updateContact(ctx: Context, input: UpdateContactInput): Promise<ContactView> {
  requireRole(ctx, isOptOutOnly(input) ? 'support' : 'marketer');
  return refusingDuplicates(ctx, async (tx, onPhone) => {
    const contact = await lockContact(tx, ctx.organizationId, input.id);
    const columns = contactColumns(input, await defaultCountry(tx, ctx.organizationId));
    onPhone(columns.phone);
    const changed = { ...contact, ...columns };
    if (!changed.phone && !changed.email) throw invalidField('phone', 'A contact needs a phone number or an e-mail address. Enter one of them.', 'required');
    const values = { ...columns, ...fieldColumns(contact, input.fields), ...(input.tags && { tags: [...new Set(input.tags)] }), ...consentColumns(ctx, contact, input), ...optOutColumns(ctx, contact, input), updatedAt: ctx.now() };
    await tx.update(contacts).set(values).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contact.id)));
    await recordOptOut(tx, ctx, contact, input);
    return viewContact(tx, ctx.organizationId, contact.id);
  });
}

function isOptOutOnly({ id, optedOut, ...rest }: UpdateContactInput): boolean {
  return Boolean(id) && optedOut === true && Object.values(rest).every((value) => value === undefined);
}

async function lockContact(tx: Tx, organizationId: string, id: string): Promise<ContactRow> {
  const [contact] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, organizationId), eq(contacts.id, id))).for('update');
  if (!contact) throw notFound('contact');
  return contact;
}

function fieldColumns(contact: ContactRow, fields: UpdateContactInput['fields']) {
  if (!fields) return {};
  const merged = Object.entries({ ...contact.fields, ...fields }).filter(([, value]) => value !== null);
  return { fields: Object.fromEntries(merged) };
}

function consentColumns(ctx: Context, contact: ContactRow, { consentSource, optedOut }: UpdateContactInput) {
  if (consentSource === undefined) return {};
  if (consentSource === '') return { consentSource: null, consentAt: null };
  const isNew = consentSource !== contact.consentSource || (contact.optedOut && optedOut === false);
  return isNew ? { consentSource, consentAt: ctx.now() } : {};
}

/** D10: time never lifts an opt-out; here only a consent that says where it came from does. */
function optOutColumns(ctx: Context, contact: ContactRow, { optedOut, consentSource }: UpdateContactInput) {
  if (optedOut === undefined || optedOut === contact.optedOut) return {};
  if (optedOut) return { optedOut, optedOutAt: ctx.now(), optedOutSource: 'staff' as const };
  if (!consentSource) throw invalidField('consentSource', 'This person opted out. Say where their new consent comes from, like “signed up in the shop, 3 May”.', 'required');
  return { optedOut, optedOutAt: null, optedOutSource: null };
}

async function recordOptOut(tx: Tx, ctx: Context, contact: ContactRow, { optedOut, consentSource }: UpdateContactInput): Promise<void> {
  if (optedOut === undefined || optedOut === contact.optedOut) return;
  const detail = { source: 'staff', by: userId(ctx), ...(optedOut ? {} : { consentSource }) };
  await tx.insert(activities).values({ organizationId: ctx.organizationId, contactId: contact.id, kind: optedOut ? 'opted_out' : 'opted_in', detail, createdAt: ctx.now() });
}
