import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { unfixAudience } from '#server/domain/audience/fix.ts';
import { lockBroadcast, requireStatus, whereBroadcast } from '#server/domain/broadcast/row.ts';
import { failComeBacks } from '#server/domain/delivery/come-back.ts';
import { noSchedule } from '#server/domain/broadcast/schedule.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { enqueue } from '#server/queue.ts';

/** Stops for good. Who was not handed to Twilio is cancelled; what Twilio has cannot be called back: nothing, while it is held. A scheduled one becomes a draft again. */
export async function cancelBroadcast(ctx: Context, { id }: BroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, id);
    requireStatus(broadcast, ['scheduled', 'sending', 'paused'], 'stopping it');
    if (broadcast.status === 'scheduled') await unfixAudience(tx, ctx, broadcast);
    else await cancelDeliveries(tx, ctx, id);
    const change = broadcast.status === 'scheduled' ? { status: 'draft' as const, statusReason: null, ...noSchedule } : { status: 'cancelled' as const, statusReason: broadcast.claimedSeq === 0 ? 'Cancelled before anything was handed to Twilio.' : 'Stopped by hand.', finishedAt: ctx.now() };
    const [after] = await tx.update(broadcasts).set({ ...change, waitsFor: null, updatedAt: ctx.now(), version: broadcast.version + 1 }).where(whereBroadcast(ctx, id)).returning();
    return viewBroadcast(tx, ctx, after!);
  });
}

/** Those with an open attempt are being handed over at this moment: their answer decides, not the cancel. */
async function cancelDeliveries(tx: Tx, ctx: Context, id: string) {
  await tx.execute(sql`
    update broadcast_delivery d set status = 'cancelled', reason = 'broadcast_cancelled'
    where d.broadcast_id = ${id} and d.organization_id = ${ctx.organizationId} and d.status = 'queued'
      and not exists (select 1 from attempt a where a.broadcast_id = d.broadcast_id and a.seq = d.seq and a.state = 'intent')`);
  await failComeBacks(tx, ctx, id, null);
  await tx.execute(sql`delete from delivery_retry where organization_id = ${ctx.organizationId} and broadcast_id = ${id}`);
  await enqueue(tx, 'resolve-attempts', { organizationId: ctx.organizationId });
}
