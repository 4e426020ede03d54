import { requireRole, type Context } from '#server/context.ts';
import { countedList } from '#server/domain/audience/list-counts.ts';
import type { CreateListInput, ListView } from '#server/domain/audience/schema.ts';
import { insertList } from '#server/domain/contact/membership.ts';

/** Makes a list; without a slug one is made of the name (P24), with -2, -3 … when it is taken. @throws Problem already_exists */
export async function createList(ctx: Context, input: CreateListInput): Promise<ListView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => countedList(tx, ctx.organizationId, (await insertList(tx, ctx.organizationId, input.name, input.slug)).id));
}
