import type { Context } from '#server/context.ts';
import type { ContactView } from '#server/domain/contact/schema.ts';

export async function readContact(ctx: Context, input: { id: string }): Promise<ContactView> {
  void ctx; void input; throw new Error('readContact: not built yet');
}
