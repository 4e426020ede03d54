import { eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { organizations, type senders } from '#db/schema/index.ts';
import { usualHelpText } from '#server/channels/help-text.ts';
import type { Context } from '#server/context.ts';
import { writeAnswer } from '#server/domain/conversation/write-answer.ts';
import { Problem } from '#server/errors.ts';
import { log } from '#server/log.ts';

type Question = {
  sender: Pick<typeof senders.$inferSelect, 'helpBy' | 'helpText'>;
  conversationId: string; messageId: string;
  /** Twilio says that it took the message for a keyword, so it has answered. */
  isAnswered: boolean;
};

/**
 * P42, D13: says who we are, where Twilio does not: never both. Once per message, because it is in the transaction that keeps the message. When nothing may be
 * sent (no agreement, no connection) the message is kept all the same and says why.
 */
export async function answerHelp(tx: Tx, ctx: Context, { sender, conversationId, messageId, isAnswered }: Question): Promise<void> {
  if (sender.helpBy !== 'us' || isAnswered) return;
  const text = sender.helpText ?? usualHelpText(await brandOf(tx, ctx));
  try {
    await tx.transaction((part) => writeAnswer(part, ctx, { conversationId, text, purpose: 'help', authorId: null, ruleId: null }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    log.warn({ code: error.code, messageId }, 'HELP could not be answered');
    await tx.execute(sql`update chat_message set extra = extra || jsonb_build_object('helpProblem', ${error.message}::text) where organization_id = ${ctx.organizationId} and id = ${messageId}`);
  }
}

async function brandOf(tx: Tx, ctx: Context): Promise<string> {
  const [organization] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, ctx.organizationId));
  return organization!.name;
}
