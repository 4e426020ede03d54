import { and, eq } from 'drizzle-orm';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { requireReady } from '#server/domain/broadcast/ready.ts';
import { lockBroadcast, whereBroadcast } from '#server/domain/broadcast/row.ts';
import { startBroadcast } from '#server/domain/broadcast/start.ts';
import { Problem } from '#server/errors.ts';

/** Starts a scheduled broadcast when its time has come; run twice, too early or while it waits for its template it does nothing. What no longer holds fails it, with the reason. */
export async function startScheduled(ctx: Context, { broadcastId }: { broadcastId: string }): Promise<void> {
  try {
    await ctx.transaction(async (tx) => {
      const broadcast = await lockBroadcast(tx, ctx, broadcastId);
      if (broadcast.status !== 'scheduled' || broadcast.waitsFor !== null || !broadcast.scheduledAt || broadcast.scheduledAt > ctx.now()) return;
      await startBroadcast(tx, ctx, broadcast, await requireReady(tx, ctx, broadcast));
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Gone (taken back, then deleted), sent by hand or taken back meanwhile: then there is nothing to fail.
    const stillScheduled = and(whereBroadcast(ctx, broadcastId), eq(broadcasts.status, 'scheduled'));
    await ctx.transaction((tx) => tx.update(broadcasts).set({ status: 'failed', statusReason: error.message, finishedAt: ctx.now() }).where(stillScheduled));
  }
}
