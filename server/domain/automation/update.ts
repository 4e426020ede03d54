import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { keywordRules } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { checkRule } from '#server/domain/automation/check.ts';
import { refusingTakenName } from '#server/domain/automation/name.ts';
import { findRule, orderedRules, placeRules, viewOne, whereRule } from '#server/domain/automation/row.ts';
import type { UpdateRuleInput, WrittenRuleView } from '#server/domain/automation/schema.ts';
import { newSecret } from '#server/domain/automation/sign.ts';
import { Problem } from '#server/errors.ts';

/**
 * Changes what is given; the rest stays. The first webhook brings a secret, shown this once.
 * @throws Problem not_found; version_conflict when somebody changed it since; validation_failed naming each field; already_exists for the name
 */
export async function updateRule(ctx: Context, { id, version, priority, ...given }: UpdateRuleInput): Promise<WrittenRuleView> {
  requireRole(ctx, 'marketer');
  return refusingTakenName(given.name, () => ctx.transaction(async (tx) => {
    if (priority !== undefined) await moveTo(tx, ctx, id, priority);
    await tx.select({ id: keywordRules.id }).from(keywordRules).where(whereRule(ctx, id)).for('update');
    const rule = await findRule(tx, ctx, id);
    if (version !== undefined && version !== rule.version) {
      throw new Problem('version_conflict', `Somebody changed “${rule.name}” meanwhile. Look at it as it is now, then make your change again.`, { data: { version: rule.version } });
    }
    const fields = await checkRule(tx, ctx, given);
    const needsSecret = rule.sealedSecret === null && (fields.actions ?? rule.actions).some(({ type }) => type === 'webhook');
    const sealed = needsSecret ? newSecret(ctx, id) : null;
    await tx.update(keywordRules).set({ ...fields, ...(sealed && { sealedSecret: sealed.sealedSecret }), version: sql`${keywordRules.version} + 1`, updatedAt: ctx.now() }).where(whereRule(ctx, id));
    return { ...(await viewOne(tx, ctx, id)), secret: sealed?.secret ?? null };
  }));
}

async function moveTo(tx: Tx, ctx: Context, id: string, priority: number) {
  const ids = (await orderedRules(tx, ctx, { lock: true })).map((rule) => rule.id);
  if (!ids.includes(id)) return;
  const others = ids.filter((one) => one !== id);
  await placeRules(tx, ctx, others.toSpliced(priority - 1, 0, id));
}
