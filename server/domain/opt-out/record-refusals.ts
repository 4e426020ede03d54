import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';

/** P37: Twilio refused these deliveries with error 21610: the people opted out there. */
export async function recordRefusals(tx: Tx, ctx: Context, refused: ReadonlyArray<{ recipient: string; broadcastId: string; seq: number }>): Promise<void> {
  const deliveries = new Map(refused.map(({ recipient, broadcastId, seq }) => [recipient, `${broadcastId}-${seq}`]));
  await recordOptOuts(tx, ctx, [...deliveries.keys()], { source: 'provider', evidence: (address) => ({ errorCode: 21610, deliveryId: deliveries.get(address) }) });
}
