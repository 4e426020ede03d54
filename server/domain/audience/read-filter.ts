import type { Context } from '#server/context.ts';
import { findFilter, viewFilters } from '#server/domain/audience/filter-view.ts';
import type { FilterInput, SavedFilterView } from '#server/domain/audience/schema.ts';

/** @throws Problem not_found */
export async function readFilter(ctx: Context, { id }: FilterInput): Promise<SavedFilterView> {
  return ctx.transaction(async (tx) => (await viewFilters(tx, ctx, [await findFilter(tx, ctx, id)]))[0]!);
}
