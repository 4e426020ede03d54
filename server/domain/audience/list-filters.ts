import { eq, sql } from 'drizzle-orm';
import { savedFilters } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { viewFilters } from '#server/domain/audience/filter-view.ts';
import type { SavedFilterView } from '#server/domain/audience/schema.ts';

/** All saved filters by name, with how many people each finds now. */
export async function listFilters(ctx: Context): Promise<SavedFilterView[]> {
  return ctx.transaction(async (tx) => {
    const found = await tx.select().from(savedFilters).where(eq(savedFilters.organizationId, ctx.organizationId)).orderBy(sql`lower(${savedFilters.name})`);
    return viewFilters(tx, ctx, found);
  });
}
