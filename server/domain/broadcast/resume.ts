import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { enqueue } from '#server/queue.ts';

/** Goes on where it stopped. */
export async function resumeBroadcast(ctx: Context, { id }: BroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, id);
    requireStatus(broadcast, ['paused'], 'resuming it');
    const [resumed] = await tx.update(broadcasts).set({ status: 'sending', statusReason: null, pausedBy: null, updatedAt: ctx.now() }).where(whereBroadcast(ctx, id)).returning();
    await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: broadcast.paceId! });
    return viewBroadcast(tx, ctx, resumed!);
  });
}
