import { and, count, eq, ne } from 'drizzle-orm';
import { userViews } from '#db/schema/index.ts';
import { userId, type Context } from '#server/context.ts';
import type { SaveUserViewInput, UserView } from '#server/domain/user-view/schema.ts';
import { invalidField, Problem } from '#server/errors.ts';

/** More names than anybody reads in a menu. */
const MOST = 50;

/**
 * Keeps how a list is looked at; a view of that name is replaced. Everybody may, because it is theirs alone and changes nothing for others.
 * @throws Problem forbidden for what is no person, validation_failed when there are too many
 */
export async function saveUserView(ctx: Context, { page, name, query }: SaveUserViewInput): Promise<UserView> {
  const owner = userId(ctx);
  if (!owner) throw new Problem('forbidden', 'Views belong to a person. Sign in as one.');
  const own = and(eq(userViews.organizationId, ctx.organizationId), eq(userViews.userId, owner), eq(userViews.page, page));
  return ctx.transaction(async (tx) => {
    const [kept] = await tx.select({ views: count() }).from(userViews).where(and(own, ne(userViews.name, name)));
    if (kept!.views >= MOST) throw invalidField('name', `You keep ${MOST} views of this list, which is the most. Delete one first.`);
    const [row] = await tx.insert(userViews).values({ organizationId: ctx.organizationId, userId: owner, page, name, query, createdAt: ctx.now() })
      .onConflictDoUpdate({ target: [userViews.organizationId, userViews.userId, userViews.page, userViews.name], set: { query } }).returning();
    return { id: row!.id, page, name: row!.name, query: row!.query };
  });
}
