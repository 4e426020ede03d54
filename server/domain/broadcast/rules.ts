import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { savedFilters, type broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { UpdateBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { invalidField } from '#server/errors.ts';

type Columns = Partial<typeof broadcasts.$inferInsert>;

/**
 * The columns that the rules of a draft are kept in; what the input leaves out is left out here too.
 * @throws Problem validation_failed for a filter that does not exist
 */
export async function ruleColumns(tx: Tx, ctx: Context, input: Omit<UpdateBroadcastInput, 'id'>): Promise<Columns> {
  await requireFilter(tx, ctx, 'selectedFilter', input.selectedFilter);
  await requireFilter(tx, ctx, 'excludedFilter', input.excludedFilter);
  return {
    savedFilterId: input.selectedFilter, excludedFilterId: input.excludedFilter, recipientCeiling: input.recipientCeiling,
    missingValues: input.missingValues, optOutLine: input.optOutLine === '' ? null : input.optOutLine, ignoresQuietHours: input.ignoresQuietHours,
    stageSize: input.stageSize, budget: input.budget,
  };
}

async function requireFilter(tx: Tx, ctx: Context, field: string, id: string | null | undefined) {
  if (!id) return;
  const [found] = await tx.select({ id: savedFilters.id }).from(savedFilters).where(and(eq(savedFilters.organizationId, ctx.organizationId), eq(savedFilters.id, id)));
  if (!found) throw invalidField(field, 'This filter does not exist any more. Choose another one.', 'not_found');
}
