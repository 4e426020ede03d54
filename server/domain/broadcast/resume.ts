import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { BroadcastView, ResumeBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { Problem } from '#server/errors.ts';
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
    if (broadcast.waitsFor) throw new Problem('invalid_state', broadcast.statusReason ?? 'It waits, and goes on by itself.', { data: { status: broadcast.status, waitsFor: broadcast.waitsFor } });
    const [resumed] = await tx.update(broadcasts).set({
      status: 'sending', statusReason: null, pausedBy: null, pauseAtSeq: await nextStage(tx, ctx, broadcast, more), brakeAfterSeq: broadcast.claimedSeq, updatedAt: ctx.now(),
    }).where(whereBroadcast(ctx, id)).returning();
    await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: broadcast.paceId! });
    return viewBroadcast(tx, ctx, resumed!);
  });
}

/** Those who were taken before and are tried again are among the `more`: no more than so many messages leave. */
async function nextStage(tx: Tx, ctx: Context, { id, claimedSeq, pauseAtSeq, total }: BroadcastRow, more: number | undefined): Promise<number | null> {
  if (more === undefined) return pauseAtSeq !== null && pauseAtSeq > claimedSeq ? pauseAtSeq : null;
  const [again] = await rows<{ people: number }>(tx, sql`
    select count(*)::int as people from delivery_retry where organization_id = ${ctx.organizationId} and broadcast_id = ${id} and reason in ('retry', 'conflict', 'tier', 'pair_rate', 'window_closed', 'template')`);
  const stage = claimedSeq + Math.max(0, more - again!.people);
  return stage < total ? stage : null;
}
