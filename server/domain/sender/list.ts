import type { Context } from '#server/context.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';

export async function listSenders(ctx: Context): Promise<SenderView[]> {
  void ctx; throw new Error('listSenders: not built yet');
}
