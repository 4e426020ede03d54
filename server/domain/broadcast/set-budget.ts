import { eq } from 'drizzle-orm';
import { broadcasts, organizations } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { SetBudgetInput } from '#server/domain/budget/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';

/**
 * Changes the ceiling of a broadcast that is on its way or waits; of a draft the editor does it. Above the amount for which the organisation asks a
 * second person it takes an admin, because nobody is asked again.
 */
export async function setBudget(ctx: Context, { id, budget }: SetBudgetInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    requireStatus(await lockBroadcast(tx, ctx, id), ['scheduled', 'sending', 'paused'], 'changing its budget here');
    const [organization] = await tx.select({ approvalAmount: organizations.approvalAmount }).from(organizations).where(eq(organizations.id, ctx.organizationId));
    const needsApproval = organization?.approvalAmount != null && (budget === null || Number(budget) > Number(organization.approvalAmount));
    if (needsApproval) requireRole(ctx, 'admin');
    const [changed] = await tx.update(broadcasts).set({ budget, updatedAt: ctx.now() }).where(whereBroadcast(ctx, id)).returning();
    return viewBroadcast(tx, ctx, changed!);
  });
}
