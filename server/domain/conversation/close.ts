import type * as z from 'zod';
import type { Context } from '#server/context.ts';
import { changeConversation } from '#server/domain/conversation/change.ts';
import { closeInput, type ConversationView } from '#server/domain/conversation/schema.ts';

/** Puts a conversation away, or takes it back; their next message opens it by itself. @throws Problem forbidden, not_found */
export async function closeConversation(ctx: Context, given: z.input<typeof closeInput>): Promise<ConversationView> {
  const { conversationId, isClosed } = closeInput.parse(given);
  return changeConversation(ctx, conversationId, ({ closedAt }) => {
    if ((closedAt !== null) === isClosed) return null;
    return isClosed ? { values: { closedAt: ctx.now(), snoozedUntil: null, unread: 0 }, event: { event: 'closed' } } : { values: { closedAt: null }, event: { event: 'reopened' } };
  });
}
