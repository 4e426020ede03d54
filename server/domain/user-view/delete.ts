import { and, eq } from 'drizzle-orm';
import { userViews } from '#db/schema/index.ts';
import { userId, type Context } from '#server/context.ts';
import type { UserViewInput } from '#server/domain/user-view/schema.ts';
import { notFound } from '#server/errors.ts';

/** Forgets a view of one's own. @throws Problem not_found, also for another person's */
export async function deleteUserView(ctx: Context, { id }: UserViewInput): Promise<void> {
  const owner = userId(ctx);
  const gone = owner === null ? [] : await ctx.transaction((tx) => tx.delete(userViews)
    .where(and(eq(userViews.organizationId, ctx.organizationId), eq(userViews.id, id), eq(userViews.userId, owner))).returning({ id: userViews.id }));
  if (gone.length === 0) throw notFound('view');
}
