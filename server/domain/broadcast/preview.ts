import type { Context } from '#server/context.ts';
import type { BroadcastInput, PreviewView } from '#server/domain/broadcast/schema.ts';

export async function previewBroadcast(ctx: Context, input: BroadcastInput): Promise<PreviewView> {
  void ctx; void input; throw new Error('previewBroadcast: not built yet');
}
