import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { activities, contacts } from '#db/schema/index.ts';
import { actorSource, requireRole, userId, type Context } from '#server/context.ts';
import type { ContactView, UpdateContactInput } from '#server/domain/contact/schema.ts';
import { contactColumns } from '#server/domain/contact/values.ts';
import { defaultCountry, refusingDuplicates, viewContact } from '#server/domain/contact/view.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { recordOptIns, recordOptOuts } from '#server/domain/opt-out/record.ts';
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
    requireConsent(contact, input);
    // A new number begins without the opt-out of the old one, which stays with that (D10); what it takes along is recorded below.
    const values = { ...columns, ...fieldColumns(contact, input.fields), ...(input.tags && { tags: [...new Set(input.tags)] }), ...consentColumns(ctx, contact, input), ...(isMoving(contact, changed) && { optedOut: false, optedOutAt: null, optedOutSource: null }), updatedAt: ctx.now() };
    await tx.update(contacts).set(values).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contact.id)));
    await recordDecision(tx, ctx, contact, { ...input, phone: changed.phone });
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
  // That of somebody who comes back is written with the ledger.
  const isNew = consentSource !== contact.consentSource && !(contact.optedOut && optedOut === false);
  return isNew ? { consentSource, consentAt: ctx.now() } : {};
}

/** D10: time never lifts an opt-out; here only a consent that says where it came from does. */
function requireConsent(contact: ContactRow, { optedOut, consentSource }: UpdateContactInput): void {
  if (optedOut === false && contact.optedOut && !consentSource) throw invalidField('consentSource', 'This person opted out. Say where their new consent comes from, like “signed up in the shop, 3 May”.', 'required');
}

const isMoving = (contact: ContactRow, { phone }: { phone: string | null }) => contact.optedOut && phone !== null && phone !== contact.phone;

type Decision = Pick<UpdateContactInput, 'optedOut' | 'consentSource'> & { phone: string | null };

/** What was decided about the person goes through the ledger of their number; who left under another number has left under this one too. */
async function recordDecision(tx: Tx, ctx: Context, contact: ContactRow, decision: Decision): Promise<void> {
  const { optedOut = contact.optedOut, consentSource, phone } = decision;
  const hasChanged = optedOut !== contact.optedOut;
  if (phone === null) return hasChanged ? recordWithoutNumber(tx, ctx, contact, decision) : undefined;
  if (optedOut && hasChanged) await recordOptOuts(tx, ctx, [phone], { source: actorSource(ctx) });
  else if (optedOut && phone !== contact.phone) await recordOptOuts(tx, ctx, [phone], { source: contact.optedOutSource ?? 'staff', evidence: { carriedFrom: contact.phone } });
  else if (hasChanged) await recordOptIns(tx, ctx, sameSubscriber(phone), { source: actorSource(ctx), evidence: { consentText: consentSource } });
}

/** Somebody known by e-mail only: there is no number that could have left. */
async function recordWithoutNumber(tx: Tx, ctx: Context, contact: ContactRow, { optedOut, consentSource }: Decision): Promise<void> {
  const now = ctx.now();
  const values = optedOut ? { optedOut, optedOutAt: now, optedOutSource: actorSource(ctx) } : { optedOut: false, optedOutAt: null, optedOutSource: null, consentSource, consentAt: now };
  await tx.update(contacts).set(values).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contact.id)));
  const detail = { source: actorSource(ctx), by: userId(ctx), ...(optedOut ? {} : { consentSource }) };
  await tx.insert(activities).values({ organizationId: ctx.organizationId, contactId: contact.id, kind: optedOut ? 'opted_out' : 'opted_in', detail, createdAt: now });
}
