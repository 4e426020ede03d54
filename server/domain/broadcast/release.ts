import { sql } from 'drizzle-orm';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { enqueue } from '#server/queue.ts';

/** Ends the hold of a broadcast: its first messages leave now. Without a hold, or after it, nothing changes. */
export async function releaseBroadcast(ctx: Context, { id }: BroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, id);
    requireStatus(broadcast, ['sending'], 'sending it now');
    const [released] = await tx.update(broadcasts).set({ holdUntil: sql`least(${broadcasts.holdUntil}, clock_timestamp())`, updatedAt: ctx.now() }).where(whereBroadcast(ctx, id)).returning();
    await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: broadcast.paceId! });
    return viewBroadcast(tx, ctx, released!);
  });
}
