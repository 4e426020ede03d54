import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus, whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput } from '#server/domain/broadcast/schema.ts';

/** Deletes a draft. What was sent stays for ever: it is the delivery log. */
export async function deleteBroadcast(ctx: Context, { id }: BroadcastInput): Promise<void> {
  requireRole(ctx, 'marketer');
  await ctx.transaction(async (tx) => {
    requireStatus(await lockBroadcast(tx, ctx, id), ['draft'], 'deleting it');
    await tx.delete(broadcasts).where(whereBroadcast(ctx, id));
  });
}
