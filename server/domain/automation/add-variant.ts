import { requireRole, type Context } from '#server/context.ts';
import { findRule } from '#server/domain/automation/row.ts';
import { updateRuleInput, type AddVariantInput, type WrittenRuleView } from '#server/domain/automation/schema.ts';
import { updateRule } from '#server/domain/automation/update.ts';
import { invalidField } from '#server/errors.ts';

/** Takes a word that came near into the rule, so that it counts the next time. @throws Problem not_found, version_conflict, validation_failed (reserved words, too many) */
export async function addVariant(ctx: Context, { id, word }: AddVariantInput): Promise<WrittenRuleView> {
  requireRole(ctx, 'marketer');
  const rule = await ctx.transaction((tx) => findRule(tx, ctx, id));
  const input = updateRuleInput.safeParse({ id, version: rule.version, keywords: [...rule.keywords, word] });
  if (!input.success) throw invalidField('keywords', input.error.issues[0]!.message, 'too_many');
  return updateRule(ctx, input.data);
}
