import type { Context } from '#server/context.ts';
import type { ContactView, CreateContactInput } from '#server/domain/contact/schema.ts';

export async function createContact(ctx: Context, input: CreateContactInput): Promise<ContactView> {
  void ctx; void input; throw new Error('createContact: not built yet');
}
