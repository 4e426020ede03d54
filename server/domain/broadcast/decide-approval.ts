import { and, eq } from 'drizzle-orm';
import { broadcastApprovals } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { readApproval } from '#server/domain/broadcast/approval.ts';
import { lockBroadcast, requireStatus } from '#server/domain/broadcast/row.ts';
import type { ApprovalView } from '#server/domain/broadcast/schema.ts';
import type { DecideApprovalInput } from '#server/domain/review/schema.ts';
import { sendSize } from '#server/domain/broadcast/send-size.ts';
import { notFound, Problem } from '#server/errors.ts';

/**
 * An owner or admin other than the one who asked approves or rejects; who and when stay on the row.
 * @throws Problem forbidden for the one who asked, invalid_state when the draft changed since or somebody decided before
 */
export async function decideApproval(ctx: Context, { approvalId, decision, note }: DecideApprovalInput): Promise<ApprovalView> {
  requireRole(ctx, 'admin');
  const mine = and(eq(broadcastApprovals.organizationId, ctx.organizationId), eq(broadcastApprovals.id, approvalId));
  return ctx.transaction(async (tx) => {
    const [approval] = await tx.select().from(broadcastApprovals).where(mine);
    if (!approval) throw notFound('approval');
    const broadcast = await lockBroadcast(tx, ctx, approval.broadcastId);
    requireStatus(broadcast, ['draft'], 'deciding on it');
    if (ctx.actor.kind !== 'user' || approval.requestedBy === userId(ctx)) throw new Problem('forbidden', 'You asked for this approval yourself: another owner or admin decides.');
    const size = await sendSize(tx, ctx, broadcast);
    const present = await readApproval(tx, ctx, broadcast, size);
    if (present?.id !== approvalId || present.state !== 'pending') throw new Problem('invalid_state', whyNot(present, approvalId));
    await tx.update(broadcastApprovals).set({ decision, decidedBy: userId(ctx), decidedAt: ctx.now(), note: note || null }).where(mine);
    return (await readApproval(tx, ctx, broadcast, size))!;
  });
}

function whyNot(present: ApprovalView | null, approvalId: string): string {
  if (!present) return 'This send needs no second person any more: it became smaller, or the rule changed.';
  if (present.id !== approvalId) return 'This was asked for again meanwhile. Look at the newest request.';
  if (present.state === 'void') return `${new Intl.ListFormat('en').format(present.changed)} changed since this was asked for. Look again; it must be asked for anew.`.replace(/^./, (first) => first.toUpperCase());
  return `${present.decidedBy ?? 'Somebody'} has decided already.`;
}
