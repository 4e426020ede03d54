import type { Context } from '#server/context.ts';
import type { SendBroadcastInput, SendView } from '#server/domain/broadcast/schema.ts';

export async function sendBroadcast(ctx: Context, input: SendBroadcastInput): Promise<SendView> {
  void ctx; void input; throw new Error('sendBroadcast: not built yet');
}
