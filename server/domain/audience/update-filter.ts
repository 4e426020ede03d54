import { savedFilters } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { refusingTakenName, requireSound, viewFilters, whereFilter } from '#server/domain/audience/filter-view.ts';
import type { SavedFilterView, UpdateFilterInput } from '#server/domain/audience/schema.ts';
import { notFound } from '#server/errors.ts';

/** Changes name or question; drafts that use it ask the new one. @throws Problem not_found, validation_failed naming the condition, already_exists */
export async function updateFilter(ctx: Context, { id, name, definition }: UpdateFilterInput): Promise<SavedFilterView> {
  requireRole(ctx, 'marketer');
  return refusingTakenName(name, () => ctx.transaction(async (tx) => {
    if (definition) await requireSound(tx, ctx, definition);
    const [row] = await tx.update(savedFilters).set({ name, definition, updatedAt: ctx.now() }).where(whereFilter(ctx, id)).returning();
    if (!row) throw notFound('filter');
    return (await viewFilters(tx, ctx, [row]))[0]!;
  }));
}
