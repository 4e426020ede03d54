import type { Context } from '#server/context.ts';

export async function deleteContact(ctx: Context, input: { id: string }): Promise<void> {
  void ctx; void input; throw new Error('deleteContact: not built yet');
}
