import type { Context } from '#server/context.ts';
import type { ListView, UpdateListInput } from '#server/domain/audience/schema.ts';

export async function updateList(ctx: Context, input: UpdateListInput): Promise<ListView> {
  void ctx; void input; throw new Error('updateList: not built yet');
}
