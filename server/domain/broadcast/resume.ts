import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { BroadcastView, ResumeBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { enqueue } from '#server/queue.ts';

/**
 * Goes on where it stopped: to the end, or for `more` people and then it pauses again. Somebody has looked, so the automatic brake judges only what
 * comes now. A stage that was not reached yet stays.
 */
export async function resumeBroadcast(ctx: Context, { id, more }: ResumeBroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, id);
    requireStatus(broadcast, ['paused'], 'resuming it');
    const [resumed] = await tx.update(broadcasts).set({
      status: 'sending', statusReason: null, pausedBy: null, pauseAtSeq: nextStage(broadcast, more), brakeAfterSeq: broadcast.claimedSeq, updatedAt: ctx.now(),
    }).where(whereBroadcast(ctx, id)).returning();
    await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: broadcast.paceId! });
    return viewBroadcast(tx, ctx, resumed!);
  });
}

function nextStage({ claimedSeq, pauseAtSeq, total }: BroadcastRow, more: number | undefined): number | null {
  const stage = more === undefined ? pauseAtSeq : claimedSeq + more;
  return stage !== null && stage > claimedSeq && stage < total ? stage : null;
}
