import { randomUUID } from 'node:crypto';
import { keywordRules } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { checkRule } from '#server/domain/automation/check.ts';
import { refusingTakenName } from '#server/domain/automation/name.ts';
import { orderedRules, viewOne } from '#server/domain/automation/row.ts';
import { createRuleInput, type CreateRuleInput, type WrittenRuleView } from '#server/domain/automation/schema.ts';
import { newSecret } from '#server/domain/automation/sign.ts';
import { Problem } from '#server/errors.ts';

const MOST_RULES = 200;

/**
 * Adds a rule, asked after all others. With a webhook it gets a secret, shown this once.
 * @throws Problem validation_failed naming each field, already_exists for the name
 */
export async function createRule(ctx: Context, given: CreateRuleInput): Promise<WrittenRuleView> {
  requireRole(ctx, 'marketer');
  const input = createRuleInput.parse(given);
  return refusingTakenName(input.name, () => ctx.transaction(async (tx) => {
    const before = await orderedRules(tx, ctx, { lock: true });
    if (before.length >= MOST_RULES) throw new Problem('invalid_state', `There are ${MOST_RULES} rules already, which is the most. Delete one that you do not need.`);
    const fields = await checkRule(tx, ctx, input);
    const id = randomUUID();
    const sealed = fields.actions.some(({ type }) => type === 'webhook') ? newSecret(ctx, id) : null;
    const priority = Math.max(0, ...before.map((rule) => rule.priority)) + 1;
    await tx.insert(keywordRules).values({ ...fields, organizationId: ctx.organizationId, id, priority, sealedSecret: sealed?.sealedSecret ?? null, createdBy: userId(ctx), createdAt: ctx.now(), updatedAt: ctx.now() });
    return { ...(await viewOne(tx, ctx, id)), secret: sealed?.secret ?? null };
  }));
}
