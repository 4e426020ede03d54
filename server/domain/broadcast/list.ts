import type { Context } from '#server/context.ts';
import type { Page } from '#server/domain/paging.ts';
import type { BroadcastView, ListBroadcastsInput } from '#server/domain/broadcast/schema.ts';

export async function listBroadcasts(ctx: Context, input: ListBroadcastsInput): Promise<Page<BroadcastView>> {
  void ctx; void input; throw new Error('listBroadcasts: not built yet');
}
