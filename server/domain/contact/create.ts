import { contacts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { findList, joinLists } from '#server/domain/contact/membership.ts';
import type { ContactView, CreateContactInput } from '#server/domain/contact/schema.ts';
import { contactColumns } from '#server/domain/contact/values.ts';
import { defaultCountry, refusingDuplicates, viewContact } from '#server/domain/contact/view.ts';
import { invalidField } from '#server/errors.ts';

/**
 * Adds one person, known by phone, e-mail or both.
 * @throws Problem already_exists naming the contact that has the number; validation_failed naming the field
 */
export async function createContact(ctx: Context, input: CreateContactInput): Promise<ContactView> {
  requireRole(ctx, 'marketer');
  return refusingDuplicates(ctx, async (tx, onPhone) => {
    const columns = contactColumns(input, await defaultCountry(tx, ctx.organizationId));
    if (!columns.phone && !columns.email) throw invalidField('phone', 'Enter a phone number or an e-mail address.', 'required');
    onPhone(columns.phone);
    const lists = await Promise.all((input.lists ?? []).map((list) => findList(tx, ctx.organizationId, list)));
    const consent = input.consentSource ? { consentSource: input.consentSource, consentAt: ctx.now() } : {};
    const values = { ...columns, ...consent, fields: input.fields ?? {}, tags: [...new Set(input.tags)], createdAt: ctx.now(), updatedAt: ctx.now() };
    const [row] = await tx.insert(contacts).values({ ...values, organizationId: ctx.organizationId }).returning({ id: contacts.id });
    const { id } = row!;
    await joinLists(tx, ctx.organizationId, id, lists);
    return viewContact(tx, ctx.organizationId, id);
  });
}
