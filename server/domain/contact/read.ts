import type { Context } from '#server/context.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';
import { viewContact } from '#server/domain/contact/view.ts';

/** @throws Problem not_found, also for another organisation's contact */
export async function readContact(ctx: Context, input: { id: string }): Promise<ContactView> {
  return ctx.transaction((tx) => viewContact(tx, ctx.organizationId, input.id));
}
