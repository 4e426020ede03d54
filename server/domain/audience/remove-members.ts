import { and, eq, inArray } from 'drizzle-orm';
import { listMembers } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import type { RemoveMembersInput } from '#server/domain/audience/schema.ts';
import { findList } from '#server/domain/contact/membership.ts';

/** Takes people out of a list; they stay contacts. Who is not in it is not counted. @throws Problem not_found for the list */
export async function removeMembers(ctx: Context, input: RemoveMembersInput): Promise<{ removed: number }> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const list = await findList(tx, ctx.organizationId, input.list);
    const gone = await tx.delete(listMembers)
      .where(and(eq(listMembers.organizationId, ctx.organizationId), eq(listMembers.listId, list.id), inArray(listMembers.contactId, input.contactIds)))
      .returning({ contactId: listMembers.contactId });
    return { removed: gone.length };
  });
}
