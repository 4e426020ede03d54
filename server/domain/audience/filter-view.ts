import { and, eq, sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcasts, savedFilters } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { filterDefinition, type FilterCondition, type FilterDefinition, type SavedFilterView } from '#server/domain/audience/schema.ts';
import { compileFilter, withListIds } from '#server/domain/contact/filter.ts';
import { findList } from '#server/domain/contact/membership.ts';
import { invalidField, notFound, Problem } from '#server/errors.ts';

export type SavedFilterRow = typeof savedFilters.$inferSelect;
type FilterCount = { people: number; reachable: number };

export const whereFilter = (ctx: Context, id: string) => and(eq(savedFilters.organizationId, ctx.organizationId), eq(savedFilters.id, id));

/** @throws Problem not_found */
export async function findFilter(tx: Tx, ctx: Context, id: string): Promise<SavedFilterRow> {
  const [row] = await tx.select().from(savedFilters).where(whereFilter(ctx, id));
  if (!row) throw notFound('filter');
  return row;
}

/** Saved filters with how many people they find now, all counted by one statement. */
export async function viewFilters(tx: Tx, ctx: Context, found: SavedFilterRow[]): Promise<SavedFilterView[]> {
  if (found.length === 0) return [];
  const filters = found.map((row) => ({ ...row, definition: filterDefinition.parse(row.definition) }));
  const questions: SQL[] = [];
  for (const [n, { definition }] of filters.entries()) questions.push(countOf(ctx, await withListIds(tx, ctx.organizationId, definition), n));
  const counts = await rows<FilterCount & { n: number }>(tx, sql.join(questions, sql` union all `));
  const byNumber = new Map(counts.map((count) => [count.n, count]));
  return filters.map(({ id, name, definition, createdAt, updatedAt }, n) => ({
    id, name, definition, people: byNumber.get(n)?.people ?? 0, reachable: byNumber.get(n)?.reachable ?? 0, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString(),
  }));
}

/** One statement, one row: n, people, reachable (a number, no opt-out). */
export function countOf(ctx: Context, definition: FilterDefinition, n = 0): SQL {
  const { joins, where } = compileFilter(ctx, definition);
  return sql`select ${n}::int as n, count(*)::int as people, (count(*) filter (where c.phone is not null and not c.opted_out))::int as reachable
    from contact c${joins} where c.organization_id = ${ctx.organizationId} and ${where}`;
}

/**
 * A filter that is to be kept names only what exists, and every condition is finished.
 * @throws Problem validation_failed naming the condition
 */
export async function requireSound(tx: Tx, ctx: Context, definition: FilterDefinition): Promise<void> {
  compileFilter(ctx, definition);
  for (const [g, group] of definition.groups.entries()) {
    for (const [i, condition] of group.conditions.entries()) await requireKnown(tx, ctx, condition, `definition.groups.${g}.conditions.${i}`);
  }
}

async function requireKnown(tx: Tx, ctx: Context, condition: FilterCondition, at: string): Promise<void> {
  if (condition.kind === 'list') {
    await findList(tx, ctx.organizationId, condition.list).catch((error: unknown) => {
      throw error instanceof Problem && error.code === 'not_found' ? invalidField(`${at}.list`, `There is no list ‘${condition.list}’ any more. Choose another one.`, 'not_found') : error;
    });
  }
  if (condition.kind === 'broadcast') {
    const found = await tx.select({ id: broadcasts.id }).from(broadcasts).where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.id, condition.broadcastId)));
    if (found.length === 0) throw invalidField(`${at}.broadcastId`, 'This broadcast does not exist any more. Choose another one.', 'not_found');
  }
}

/** Runs a write of a name that only one filter may have. @throws Problem already_exists */
export async function refusingTakenName<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  try { return await write(); } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof Error && 'constraint_name' in cause && cause.constraint_name === 'saved_filter_name')) throw error;
    const message = `There is a filter with the name ‘${name ?? ''}’ already. Choose another name.`;
    throw new Problem('already_exists', message, { details: [{ field: 'name', code: 'taken', message }] });
  }
}
