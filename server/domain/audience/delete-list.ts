import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastLists, broadcasts, lists, savedFilters } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { filterDefinition, type ListInput } from '#server/domain/audience/schema.ts';
import { refuseUsedBy } from '#server/domain/audience/used-by.ts';
import { findList, type ListRow } from '#server/domain/contact/membership.ts';
import { Problem } from '#server/errors.ts';

/**
 * Deletes a list; the people stay. Refused while a broadcast that is not over uses it, so that no draft loses its recipients unseen, and while a saved
 * filter asks for it.
 * @throws Problem not_found; invalid_state naming the broadcasts or filters
 */
export async function deleteList(ctx: Context, input: ListInput): Promise<void> {
  requireRole(ctx, 'marketer');
  await ctx.transaction(async (tx) => {
    const list = await findList(tx, ctx.organizationId, input.list);
    const same = and(eq(lists.organizationId, ctx.organizationId), eq(lists.id, list.id));
    // The lock makes a broadcast that takes the list at this moment wait: its foreign key needs the row.
    await tx.select({ id: lists.id }).from(lists).where(same).for('update');
    await refuseUsed(tx, ctx.organizationId, list);
    await refuseAsked(tx, ctx.organizationId, list);
    await tx.delete(lists).where(same);
  });
}

async function refuseUsed(tx: Tx, organizationId: string, list: ListRow): Promise<void> {
  const users = await tx.select({ id: broadcasts.id, name: broadcasts.name, status: broadcasts.status })
    .from(broadcastLists).innerJoin(broadcasts, and(eq(broadcasts.organizationId, broadcastLists.organizationId), eq(broadcasts.id, broadcastLists.broadcastId)))
    .where(and(eq(broadcastLists.organizationId, organizationId), eq(broadcastLists.listId, list.id), inArray(broadcasts.status, ['draft', 'scheduled', 'sending', 'paused'])))
    .orderBy(asc(broadcasts.createdAt), broadcasts.id);
  refuseUsedBy(list.name, users, 'Choose another list');
}

/** A question about a list that is gone would quietly find nobody, or everybody. */
async function refuseAsked(tx: Tx, organizationId: string, list: ListRow): Promise<void> {
  const filters = await tx.select({ id: savedFilters.id, name: savedFilters.name, definition: savedFilters.definition }).from(savedFilters).where(eq(savedFilters.organizationId, organizationId));
  const asking = filters.filter(({ definition }) => filterDefinition.parse(definition).groups.some((group) => group.conditions.some((condition) => condition.kind === 'list' && (condition.list === list.slug || condition.list === list.id))));
  if (asking.length === 0) return;
  const message = `‘${list.name}’ is used by the saved filter ${asking.map(({ name }) => `‘${name}’`).join(', ')}. Change or delete that first.`;
  throw new Problem('invalid_state', message, { data: { filters: asking.map(({ id, name }) => ({ id, name })) } });
}
