import { and, eq } from 'drizzle-orm';
import { lists } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { countedList } from '#server/domain/audience/list-counts.ts';
import type { ListView, UpdateListInput } from '#server/domain/audience/schema.ts';
import { findList } from '#server/domain/contact/membership.ts';

/** Renames a list. Its slug stays, because programs name it by that. @throws Problem not_found */
export async function updateList(ctx: Context, input: UpdateListInput): Promise<ListView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const { id } = await findList(tx, ctx.organizationId, input.list);
    await tx.update(lists).set({ name: input.name }).where(and(eq(lists.organizationId, ctx.organizationId), eq(lists.id, id)));
    return countedList(tx, ctx.organizationId, id);
  });
}
