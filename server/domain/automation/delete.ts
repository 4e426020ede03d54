import { keywordRules } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { whereRule } from '#server/domain/automation/row.ts';
import type { RuleInput } from '#server/domain/automation/schema.ts';
import { notFound } from '#server/errors.ts';

/** Deletes a rule with its history; what it wrote stays in the conversations. @throws Problem not_found */
export async function deleteRule(ctx: Context, { id }: RuleInput): Promise<void> {
  requireRole(ctx, 'marketer');
  const gone = await ctx.transaction((tx) => tx.delete(keywordRules).where(whereRule(ctx, id)).returning({ id: keywordRules.id }));
  if (gone.length === 0) throw notFound('rule');
}
