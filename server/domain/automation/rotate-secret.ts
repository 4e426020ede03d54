import { keywordRules } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { findRule, whereRule } from '#server/domain/automation/row.ts';
import type { RuleInput } from '#server/domain/automation/schema.ts';
import { newSecret } from '#server/domain/automation/sign.ts';

/** A new secret for the webhooks of a rule, shown this once; the old one signs nothing from now on, also not calls that wait. @throws Problem not_found */
export async function rotateSecret(ctx: Context, { id }: RuleInput): Promise<{ secret: string }> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    await findRule(tx, ctx, id);
    const { secret, sealedSecret } = newSecret(ctx, id);
    await tx.update(keywordRules).set({ sealedSecret, updatedAt: ctx.now() }).where(whereRule(ctx, id));
    return { secret };
  });
}
