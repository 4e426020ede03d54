import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { whereBroadcast } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { notFound } from '#server/errors.ts';

/** @throws Problem not_found, also for another organisation's broadcast (P26). */
export async function readBroadcast(ctx: Context, { id }: BroadcastInput): Promise<BroadcastView> {
  return ctx.transaction(async (tx) => {
    const [broadcast] = await tx.select().from(broadcasts).where(whereBroadcast(ctx, id));
    if (!broadcast) throw notFound('broadcast');
    return viewBroadcast(tx, ctx, broadcast);
  });
}
