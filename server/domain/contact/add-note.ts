import { and, eq } from 'drizzle-orm';
import { activities, contacts } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { addNoteInput, type AddNoteInput } from '#server/domain/contact/schema.ts';
import { notFound } from '#server/errors.ts';

/** A note for colleagues, on the person's timeline. @throws Problem forbidden, not_found */
export async function addNote(ctx: Context, given: AddNoteInput): Promise<void> {
  requireRole(ctx, 'support');
  const { id, text } = addNoteInput.parse(given);
  await ctx.transaction(async (tx) => {
    const [contact] = await tx.select({ id: contacts.id }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, id)));
    if (!contact) throw notFound('contact');
    await tx.insert(activities).values({ organizationId: ctx.organizationId, contactId: id, kind: 'note', detail: { text, by: userId(ctx) }, createdAt: ctx.now() });
  });
}
