import type { Context } from '#server/context.ts';
import type { BroadcastInput, ProgressView } from '#server/domain/broadcast/schema.ts';

export async function broadcastProgress(ctx: Context, input: BroadcastInput): Promise<ProgressView> {
  void ctx; void input; throw new Error('broadcastProgress: not built yet');
}
