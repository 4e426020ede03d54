import type { Context } from '#server/context.ts';
import type { ContactView, UpdateContactInput } from '#server/domain/contact/schema.ts';

export async function updateContact(ctx: Context, input: UpdateContactInput): Promise<ContactView> {
  void ctx; void input; throw new Error('updateContact: not built yet');
}
