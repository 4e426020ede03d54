import { and, asc, count, eq, sql } from 'drizzle-orm';
import type * as z from 'zod';
import { quickReplies } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { saveQuickReplyInput, type QuickReplyView } from '#server/domain/conversation/schema.ts';
import { invalidField, notFound, Problem } from '#server/errors.ts';

/** More than anybody finds again in a menu. */
const MOST = 200;
const view = { id: quickReplies.id, name: quickReplies.name, text: quickReplies.text };
const own = (ctx: Context) => eq(quickReplies.organizationId, ctx.organizationId);

/** Texts kept for answers, by name. */
export async function listQuickReplies(ctx: Context): Promise<QuickReplyView[]> {
  return ctx.transaction((tx) => tx.select(view).from(quickReplies).where(own(ctx)).orderBy(asc(sql`lower(${quickReplies.name})`)));
}

/** Keeps a text, or changes the one named by `id`. @throws Problem forbidden, not_found, already_exists for a name that is taken, validation_failed when there are too many */
export async function saveQuickReply(ctx: Context, given: z.input<typeof saveQuickReplyInput>): Promise<QuickReplyView> {
  requireRole(ctx, 'support');
  const { id, name, text } = saveQuickReplyInput.parse(given);
  return ctx.transaction(async (tx) => {
    // One after the other, so that two of one name are seen here and not by the unique index.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('quick_reply'), hashtext(${ctx.organizationId}))`);
    const [namesake] = await tx.select({ id: quickReplies.id }).from(quickReplies).where(and(own(ctx), eq(sql`lower(${quickReplies.name})`, sql`lower(${name})`)));
    if (namesake && namesake.id !== id) throw new Problem('already_exists', `There is a quick reply named ${name} already. Choose another name, or change that one.`, { details: [{ field: 'name', code: 'taken', message: 'This name is taken.' }] });
    if (id === undefined) {
      const [kept] = await tx.select({ texts: count() }).from(quickReplies).where(own(ctx));
      if (kept!.texts >= MOST) throw invalidField('name', `There are ${MOST} quick replies, which is the most. Delete one first.`);
      return (await tx.insert(quickReplies).values({ organizationId: ctx.organizationId, name, text, createdBy: userId(ctx) }).returning(view))[0]!;
    }
    const [changed] = await tx.update(quickReplies).set({ name, text, updatedAt: ctx.now() }).where(and(own(ctx), eq(quickReplies.id, id))).returning(view);
    if (!changed) throw notFound('quick reply');
    return changed;
  });
}

/** @throws Problem forbidden, not_found */
export async function deleteQuickReply(ctx: Context, { id }: { id: string }): Promise<void> {
  requireRole(ctx, 'support');
  const gone = await ctx.transaction((tx) => tx.delete(quickReplies).where(and(own(ctx), eq(quickReplies.id, id))).returning({ id: quickReplies.id }));
  if (gone.length === 0) throw notFound('quick reply');
}
