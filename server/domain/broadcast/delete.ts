import type { Context } from '#server/context.ts';
import type { BroadcastInput } from '#server/domain/broadcast/schema.ts';

export async function deleteBroadcast(ctx: Context, input: BroadcastInput): Promise<void> {
  void ctx; void input; throw new Error('deleteBroadcast: not built yet');
}
