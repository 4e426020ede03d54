import type { Context } from '#server/context.ts';
import type { CreateListInput, ListView } from '#server/domain/audience/schema.ts';

export async function createList(ctx: Context, input: CreateListInput): Promise<ListView> {
  void ctx; void input; throw new Error('createList: not built yet');
}
