import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import { countAudience } from '#server/domain/audience/waterfall.ts';
import type { SendSize } from '#server/domain/broadcast/approval.ts';
import { estimateCost } from '#server/domain/broadcast/estimate.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';

/** How many people a draft would go to now, and what it would cost. */
export async function sendSize(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<SendSize> {
  const { recipients } = await countAudience(tx, ctx, await readAudience(tx, ctx, broadcast));
  const { amount, high, currency } = await estimateCost(tx, ctx, broadcast);
  return { recipients, amount, high, currency };
}
