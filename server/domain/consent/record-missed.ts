import type { Context } from '#server/context.ts';
import { recordInbound } from '#server/domain/conversation/record-inbound.ts';
import { keywordOf } from '#server/domain/opt-out/keyword.ts';
import type { ProviderMessage } from '#server/twilio/messages.ts';

/**
 * Keeps and obeys the STOP and START among messages that never arrived here, in the order in which they were written. Other messages are only counted:
 * whoever wrote them expects no answer by a rule days later.
 */
export async function recordMissed(ctx: Context, missed: readonly ProviderMessage[]): Promise<{ recovered: string[]; missedMessages: number }> {
  const words = missed.filter(({ body, from }) => from && keywordOf(body)).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const recovered: string[] = [];
  for (const { sid, from, to, body, createdAt } of words) {
    if (from && await recordInbound(ctx, { sid, from, to, body, media: [], optOutType: null, at: createdAt })) recovered.push(sid);
  }
  return { recovered, missedMessages: missed.length - words.length };
}
