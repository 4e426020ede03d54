import { and, eq } from 'drizzle-orm';
import { contacts } from '#db/schema/index.ts';
import { actorSource, requireRole, type Context } from '#server/context.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { updateContact } from '#server/domain/contact/update.ts';
import { recordOptIns } from '#server/domain/opt-out/record.ts';
import { addConsentInput, type AddConsentInput } from '#server/domain/person/schema.ts';
import { notFound } from '#server/errors.ts';

/** D10: somebody agreed anew, and where is known: that ends every opt-out of theirs here, also of single senders. @throws Problem forbidden, not_found */
export async function addConsent(ctx: Context, given: AddConsentInput): Promise<void> {
  requireRole(ctx, 'marketer');
  const { id, consentSource } = addConsentInput.parse(given);
  const phone = await ctx.transaction(async (tx) => {
    const [contact] = await tx.select({ phone: contacts.phone }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id))).for('update');
    if (!contact) throw notFound('contact');
    if (contact.phone !== null) await recordOptIns(tx, ctx, sameSubscriber(contact.phone), { source: actorSource(ctx), evidence: { consentText: consentSource } });
    return contact.phone;
  });
  if (phone === null) await updateContact(ctx, { id, optedOut: false, consentSource });
}
