import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { countAudience } from '#server/domain/audience/resolve.ts';
import type { SendSize } from '#server/domain/broadcast/approval.ts';
import { estimateCost } from '#server/domain/broadcast/estimate.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';

/** How many people a draft would go to now, and what it would cost. */
export async function sendSize(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<SendSize> {
  const { recipients } = await countAudience(tx, ctx, { broadcastId: broadcast.id, recipientMethod: broadcast.recipientMethod });
  const { amount, currency } = await estimateCost(tx, ctx, broadcast);
  return { recipients, amount, currency };
}
