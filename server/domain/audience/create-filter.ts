import { savedFilters } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { refusingTakenName, requireSound, viewFilters } from '#server/domain/audience/filter-view.ts';
import type { CreateFilterInput, SavedFilterView } from '#server/domain/audience/schema.ts';

/** Keeps a question over contacts under a name. @throws Problem validation_failed naming the condition, already_exists */
export async function createFilter(ctx: Context, { name, definition }: CreateFilterInput): Promise<SavedFilterView> {
  requireRole(ctx, 'marketer');
  return refusingTakenName(name, () => ctx.transaction(async (tx) => {
    await requireSound(tx, ctx, definition);
    const [row] = await tx.insert(savedFilters).values({ organizationId: ctx.organizationId, name, definition, createdBy: userId(ctx), createdAt: ctx.now(), updatedAt: ctx.now() }).returning();
    return (await viewFilters(tx, ctx, [row!]))[0]!;
  }));
}
