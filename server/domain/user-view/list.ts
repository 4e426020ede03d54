import { and, asc, eq } from 'drizzle-orm';
import { userViews } from '#db/schema/index.ts';
import { userId, type Context } from '#server/context.ts';
import type { ListUserViewsInput, UserView } from '#server/domain/user-view/schema.ts';

/** The views that the one who asks keeps of a list, by name; nobody sees another person's. */
export async function listUserViews(ctx: Context, { page }: ListUserViewsInput): Promise<UserView[]> {
  const owner = userId(ctx);
  if (!owner) return [];
  const found = await ctx.transaction((tx) => tx.select().from(userViews)
    .where(and(eq(userViews.organizationId, ctx.organizationId), eq(userViews.userId, owner), eq(userViews.page, page))).orderBy(asc(userViews.name)));
  return found.map(({ id, name, query }) => ({ id, page, name, query }));
}
