import type * as z from 'zod';
import type { Context } from '#server/context.ts';
import { changeConversation } from '#server/domain/conversation/change.ts';
import { snoozeInput, type ConversationView } from '#server/domain/conversation/schema.ts';
import { invalidField } from '#server/errors.ts';

/** So far ahead at most, in days. */
const FARTHEST = 366;

/** Takes a conversation out of sight until a moment, or until they write; null: it is back now. @throws Problem forbidden, not_found, validation_failed for the past */
export async function snoozeConversation(ctx: Context, given: z.input<typeof snoozeInput>): Promise<ConversationView> {
  const { conversationId, until } = snoozeInput.parse(given);
  const at = until === null ? null : new Date(until);
  if (at && at <= ctx.now()) throw invalidField('until', 'This moment has passed. Choose a later one.');
  if (at && at.getTime() > ctx.now().getTime() + FARTHEST * 86_400_000) throw invalidField('until', 'This is more than a year ahead. Choose an earlier moment.');
  return changeConversation(ctx, conversationId, ({ snoozedUntil }) => {
    if (at === null) return snoozedUntil === null || snoozedUntil <= ctx.now() ? null : { values: { snoozedUntil: null }, event: { event: 'woken' } };
    if (snoozedUntil?.getTime() === at.getTime()) return null;
    return { values: { snoozedUntil: at, closedAt: null }, event: { event: 'snoozed', until: at.toISOString() } };
  });
}
