import type { Context } from '#server/context.ts';
import type { ListInput } from '#server/domain/audience/schema.ts';

export async function deleteList(ctx: Context, input: ListInput): Promise<void> {
  void ctx; void input; throw new Error('deleteList: not built yet');
}
