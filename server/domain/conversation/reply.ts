import { createHash } from 'node:crypto';
import { requireRole, userId, type Context } from '#server/context.ts';
import { recallAnswer, rememberAnswer } from '#server/domain/broadcast/idempotency.ts';
import { lockConversation } from '#server/domain/conversation/row.ts';
import { replyInput, type ReplyInput, type ReplyView } from '#server/domain/conversation/schema.ts';
import { writeAnswer } from '#server/domain/conversation/write-answer.ts';

/**
 * P70: a colleague answers, from the sender to which the person wrote: any text on SMS and inside of the window, outside of it a template. The same idempotencyKey is the same answer.
 * @throws Problem forbidden below support, not_found, idempotency_key_reused, and all of writeAnswer
 */
export async function reply(ctx: Context, given: ReplyInput): Promise<ReplyView> {
  requireRole(ctx, 'support');
  const { idempotencyKey, ...input } = replyInput.parse(given);
  const request = `reply:${createHash('sha256').update(JSON.stringify(input)).digest('hex')}`;
  return ctx.transaction(async (tx) => {
    await lockConversation(tx, ctx, input.conversationId);
    const answered = await recallAnswer<ReplyView>(tx, ctx, idempotencyKey, request);
    if (answered) return answered;
    const { messageId, broadcastId } = await writeAnswer(tx, ctx, { ...input, purpose: 'reply', authorId: userId(ctx), ruleId: null });
    const answer = { messageId, deliveryId: `${broadcastId}-1` };
    await rememberAnswer(tx, ctx, idempotencyKey, request, answer);
    return answer;
  });
}
