import { and, asc, eq, notInArray, or } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts, savedFilters } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { whereFilter, type SavedFilterRow } from '#server/domain/audience/filter-view.ts';
import type { FilterInput } from '#server/domain/audience/schema.ts';
import { refuseUsedBy } from '#server/domain/audience/used-by.ts';
import { notFound } from '#server/errors.ts';

/**
 * Deletes a filter; the people stay. Refused while a broadcast that is not over uses it. Broadcasts that are over lose the reference only: their
 * deliveries say who got them.
 * @throws Problem not_found; invalid_state naming the broadcasts
 */
export async function deleteFilter(ctx: Context, { id }: FilterInput): Promise<void> {
  requireRole(ctx, 'marketer');
  await ctx.transaction(async (tx) => {
    // The lock makes a broadcast that takes the filter at this moment wait: its foreign key needs the row.
    const [filter] = await tx.select().from(savedFilters).where(whereFilter(ctx, id)).for('update');
    if (!filter) throw notFound('filter');
    await refuseUsed(tx, ctx, filter);
    await tx.update(broadcasts).set({ savedFilterId: null }).where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.savedFilterId, id)));
    await tx.update(broadcasts).set({ excludedFilterId: null }).where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.excludedFilterId, id)));
    await tx.delete(savedFilters).where(whereFilter(ctx, id));
  });
}

async function refuseUsed(tx: Tx, ctx: Context, { id, name }: SavedFilterRow): Promise<void> {
  const users = await tx.select({ id: broadcasts.id, name: broadcasts.name, status: broadcasts.status }).from(broadcasts).where(and(
    eq(broadcasts.organizationId, ctx.organizationId), or(eq(broadcasts.savedFilterId, id), eq(broadcasts.excludedFilterId, id)),
    notInArray(broadcasts.status, ['sent', 'cancelled', 'failed']),
  )).orderBy(asc(broadcasts.createdAt), broadcasts.id);
  refuseUsedBy(name, users, 'Choose another filter');
}
