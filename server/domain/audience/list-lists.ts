import type { Context } from '#server/context.ts';
import type { ListView } from '#server/domain/audience/schema.ts';

export async function listLists(ctx: Context): Promise<ListView[]> {
  void ctx; throw new Error('listLists: not built yet');
}
