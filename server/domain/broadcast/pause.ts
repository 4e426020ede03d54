import { eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts, users } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';

/** Holds a broadcast: each intent transaction reads the state, so nothing more is handed to Twilio after the slice under way (≤ 2 s). */
export async function pauseBroadcast(ctx: Context, { id }: BroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    requireStatus(await lockBroadcast(tx, ctx, id), ['sending'], 'pausing it');
    const [paused] = await tx.update(broadcasts).set({ status: 'paused', statusReason: `Paused by ${await nameOf(tx, ctx)}.`, pausedBy: userId(ctx), updatedAt: ctx.now() }).where(whereBroadcast(ctx, id)).returning();
    return viewBroadcast(tx, ctx, paused!);
  });
}

async function nameOf(tx: Tx, ctx: Context): Promise<string> {
  const id = userId(ctx);
  const [user] = id ? await tx.select({ name: users.name }).from(users).where(eq(users.id, id)) : [];
  return user?.name ?? 'a program';
}
