import type { Context } from '#server/context.ts';
import { countedList } from '#server/domain/audience/list-counts.ts';
import type { ListInput, ListView } from '#server/domain/audience/schema.ts';
import { findList } from '#server/domain/contact/membership.ts';

/** @throws Problem not_found */
export async function readList(ctx: Context, input: ListInput): Promise<ListView> {
  return ctx.transaction(async (tx) => countedList(tx, ctx.organizationId, (await findList(tx, ctx.organizationId, input.list)).id));
}
