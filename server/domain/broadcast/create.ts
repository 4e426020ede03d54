import type { Context } from '#server/context.ts';
import type { BroadcastView, CreateBroadcastInput } from '#server/domain/broadcast/schema.ts';

export async function createBroadcast(ctx: Context, input: CreateBroadcastInput): Promise<BroadcastView> {
  void ctx; void input; throw new Error('createBroadcast: not built yet');
}
