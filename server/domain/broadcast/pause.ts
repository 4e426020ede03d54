import type { Context } from '#server/context.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';

export async function pauseBroadcast(ctx: Context, input: BroadcastInput): Promise<BroadcastView> {
  void ctx; void input; throw new Error('pauseBroadcast: not built yet');
}
