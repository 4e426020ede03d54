import { and, eq, ne } from 'drizzle-orm';
import type * as z from 'zod';
import type { Tx } from '#db/index.ts';
import { memberships, users } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { changeConversation } from '#server/domain/conversation/change.ts';
import { assignInput, type ConversationView } from '#server/domain/conversation/schema.ts';
import { invalidField } from '#server/errors.ts';

/** Gives a conversation to a colleague, or to nobody. @throws Problem forbidden, not_found, validation_failed when they cannot answer here */
export async function assignConversation(ctx: Context, given: z.input<typeof assignInput>): Promise<ConversationView> {
  const { conversationId, userId } = assignInput.parse(given);
  return changeConversation(ctx, conversationId, async ({ assignedTo }, tx) => {
    if (assignedTo === userId) return null;
    const to = userId === null ? null : await findColleague(tx, ctx, userId);
    return { values: { assignedTo: userId }, event: { event: 'assigned', to } };
  });
}

/** Whom conversations can be given to: everybody who may answer, by name. */
export async function listColleagues(ctx: Context): Promise<Array<{ id: string; name: string }>> {
  return ctx.transaction((tx) => colleagues(tx, ctx).orderBy(users.name, users.id));
}

const colleagues = (tx: Tx, ctx: Context, id?: string) => tx.select({ id: users.id, name: users.name }).from(memberships).innerJoin(users, eq(users.id, memberships.userId))
  .where(and(eq(memberships.organizationId, ctx.organizationId), ne(memberships.role, 'viewer'), id === undefined ? undefined : eq(users.id, id)));

async function findColleague(tx: Tx, ctx: Context, id: string) {
  const [found] = await colleagues(tx, ctx, id);
  if (!found) throw invalidField('userId', 'This person cannot answer here: they are no member of the organisation, or may only read. Choose somebody else.', 'not_found');
  return found;
}
