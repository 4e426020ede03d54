import type { Context } from '#server/context.ts';
import { countedLists } from '#server/domain/audience/list-counts.ts';
import type { ListView } from '#server/domain/audience/schema.ts';

/** All lists by name, with members and reachable people. */
export async function listLists(ctx: Context): Promise<ListView[]> {
  return ctx.transaction((tx) => countedLists(tx, ctx.organizationId));
}
