import { and, eq } from 'drizzle-orm';
import { contacts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { notFound } from '#server/errors.ts';

/**
 * Removes the person with memberships and activities. The delivery log keeps its rows: it must answer who was written to (P4). An opt-out stays with
 * the number (D10; triggers on contact).
 */
export async function deleteContact(ctx: Context, input: { id: string }): Promise<void> {
  requireRole(ctx, 'marketer');
  await ctx.transaction(async (tx) => {
    const gone = await tx.delete(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, input.id))).returning({ id: contacts.id });
    if (gone.length === 0) throw notFound('contact');
  });
}
