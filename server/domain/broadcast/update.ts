import type { Context } from '#server/context.ts';
import type { BroadcastView, UpdateBroadcastInput } from '#server/domain/broadcast/schema.ts';

export async function updateBroadcast(ctx: Context, input: UpdateBroadcastInput): Promise<BroadcastView> {
  void ctx; void input; throw new Error('updateBroadcast: not built yet');
}
