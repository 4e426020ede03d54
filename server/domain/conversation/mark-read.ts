import type * as z from 'zod';
import type { Context } from '#server/context.ts';
import { changeConversation } from '#server/domain/conversation/change.ts';
import { markReadInput, type ConversationView } from '#server/domain/conversation/schema.ts';

/** For all colleagues: somebody has looked at it, or it shall be looked at once more. @throws Problem forbidden, not_found */
export async function markRead(ctx: Context, given: z.input<typeof markReadInput>): Promise<ConversationView> {
  const { conversationId, isRead } = markReadInput.parse(given);
  return changeConversation(ctx, conversationId, ({ unread }) => ((unread === 0) === isRead ? null : { values: { unread: isRead ? 0 : 1 }, event: null }));
}
