import type { Context } from '#server/context.ts';
import type { RemoveMembersInput } from '#server/domain/audience/schema.ts';

export async function removeMembers(ctx: Context, input: RemoveMembersInput): Promise<{ removed: number }> {
  void ctx; void input; throw new Error('removeMembers: not built yet');
}
