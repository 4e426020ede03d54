import type { Context } from '#server/context.ts';
import type { ListInput, ListView } from '#server/domain/audience/schema.ts';

export async function readList(ctx: Context, input: ListInput): Promise<ListView> {
  void ctx; void input; throw new Error('readList: not built yet');
}
