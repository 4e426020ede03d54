import type { Context } from '#server/context.ts';
import type { Page } from '#server/domain/paging.ts';
import type { ContactView, ListContactsInput } from '#server/domain/contact/schema.ts';

export async function listContacts(ctx: Context, input: ListContactsInput): Promise<Page<ContactView>> {
  void ctx; void input; throw new Error('listContacts: not built yet');
}
