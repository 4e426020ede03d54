import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastLists, broadcasts, lists } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import type { ListInput } from '#server/domain/audience/schema.ts';
import { findList, type ListRow } from '#server/domain/contact/membership.ts';
import { Problem } from '#server/errors.ts';

/**
 * Deletes a list; the people stay. Refused while a broadcast that is not over uses it, so that no draft loses its recipients unseen.
 * @throws Problem not_found; invalid_state naming the broadcasts
 */
export async function deleteList(ctx: Context, input: ListInput): Promise<void> {
  requireRole(ctx, 'marketer');
  await ctx.transaction(async (tx) => {
    const list = await findList(tx, ctx.organizationId, input.list);
    const same = and(eq(lists.organizationId, ctx.organizationId), eq(lists.id, list.id));
    // The lock makes a broadcast that takes the list at this moment wait: its foreign key needs the row.
    await tx.select({ id: lists.id }).from(lists).where(same).for('update');
    await refuseUsed(tx, ctx.organizationId, list);
    await tx.delete(lists).where(same);
  });
}

async function refuseUsed(tx: Tx, organizationId: string, list: ListRow): Promise<void> {
  const users = await tx.select({ id: broadcasts.id, name: broadcasts.name, status: broadcasts.status })
    .from(broadcastLists).innerJoin(broadcasts, and(eq(broadcasts.organizationId, broadcastLists.organizationId), eq(broadcasts.id, broadcastLists.broadcastId)))
    .where(and(eq(broadcastLists.organizationId, organizationId), eq(broadcastLists.listId, list.id), inArray(broadcasts.status, ['draft', 'scheduled', 'sending', 'paused'])))
    .orderBy(asc(broadcasts.createdAt), broadcasts.id);
  if (users.length === 0) return;
  const named = users.slice(0, 5).map((broadcast) => `‘${broadcast.name}’ (${broadcast.status})`).join(', ');
  const more = users.length > 5 ? ` and ${users.length - 5} more` : '';
  const message = `‘${list.name}’ is used by ${named}${more}. Choose another list there, or wait until it is sent, then delete this one.`;
  throw new Problem('invalid_state', message, { data: { broadcasts: users } });
}
