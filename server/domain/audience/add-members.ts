import type { Context } from '#server/context.ts';
import type { AddMembersInput } from '#server/domain/audience/schema.ts';

export async function addMembers(ctx: Context, input: AddMembersInput): Promise<{ added: number; updated: number }> {
  void ctx; void input; throw new Error('addMembers: not built yet');
}
