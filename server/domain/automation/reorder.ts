import { requireRole, type Context } from '#server/context.ts';
import { orderedRules, placeRules, viewRules } from '#server/domain/automation/row.ts';
import type { ReorderRulesInput, RuleView } from '#server/domain/automation/schema.ts';
import { notFound, Problem } from '#server/errors.ts';

/**
 * Asks the rules in this order from now on; `ids` names every rule once.
 * @throws Problem not_found for an id of nobody; version_conflict when a rule came or went meanwhile
 */
export async function reorderRules(ctx: Context, { ids }: ReorderRulesInput): Promise<RuleView[]> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const known = new Set((await orderedRules(tx, ctx, { lock: true })).map(({ id }) => id));
    if (ids.some((id) => !known.has(id))) throw notFound('rule');
    if (new Set(ids).size !== ids.length || ids.length !== known.size) throw new Problem('version_conflict', 'A rule was added or deleted meanwhile. Look at the list as it is now, then move it again.');
    await placeRules(tx, ctx, ids);
    return viewRules(tx, ctx);
  });
}
