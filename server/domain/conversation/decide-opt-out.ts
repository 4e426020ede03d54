import { and, eq } from 'drizzle-orm';
import type * as z from 'zod';
import type { Tx } from '#db/index.ts';
import { chatMessages, contacts } from '#db/schema/index.ts';
import { actorSource, type Context } from '#server/context.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';
import { changeConversation } from '#server/domain/conversation/change.ts';
import type { ConversationRow } from '#server/domain/conversation/row.ts';
import { decideOptOutInput, type ConversationView } from '#server/domain/conversation/schema.ts';
import { recordOptOuts } from '#server/domain/opt-out/record.ts';
import { Problem } from '#server/errors.ts';

/**
 * A person decides what words beyond the keywords meant. An opt-out counts whenever it is said, also after a colleague thought otherwise; that it was none
 * only takes the question away.
 * @throws Problem forbidden below support, not_found; invalid_state for somebody whose number nobody knows
 */
export async function decideOptOut(ctx: Context, given: z.input<typeof decideOptOutInput>): Promise<ConversationView> {
  const { conversationId, isOptOut } = decideOptOutInput.parse(given);
  return changeConversation(ctx, conversationId, async (conversation, tx) => {
    if (isOptOut) await recordTheirWords(tx, ctx, conversation);
    else if (!conversation.suggestedOptOutId) return null;
    return { values: { suggestedOptOutId: null }, event: { event: isOptOut ? 'opted_out' : 'not_opt_out', messageId: conversation.suggestedOptOutId } };
  });
}

async function recordTheirWords(tx: Tx, ctx: Context, conversation: ConversationRow): Promise<void> {
  const addresses = [...sameSubscriber(conversation.recipient), ...(await phoneOfContact(tx, ctx, conversation))].filter((address) => !address.includes('unknown.'));
  if (addresses.length === 0) throw new Problem('invalid_state', 'WhatsApp shows neither a number nor an id of this person, so there is nothing to put on the list. Add their number to a contact of theirs first.');
  const evidence = { conversationId: conversation.id, ...(await wordsOf(tx, ctx, conversation)) };
  await recordOptOuts(tx, ctx, addresses, { source: actorSource(ctx), sender: conversation.sender, evidence });
}

async function phoneOfContact(tx: Tx, ctx: Context, { contactId }: ConversationRow): Promise<string[]> {
  if (!contactId) return [];
  const [found] = await tx.select({ phone: contacts.phone }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contactId)));
  return found?.phone ? [found.phone] : [];
}

async function wordsOf(tx: Tx, ctx: Context, { suggestedOptOutId }: ConversationRow) {
  if (!suggestedOptOutId) return {};
  const [message] = await tx.select({ sid: chatMessages.sid, body: chatMessages.body }).from(chatMessages).where(and(eq(chatMessages.organizationId, ctx.organizationId), eq(chatMessages.id, suggestedOptOutId)));
  return message ? { messageSid: message.sid, word: message.body.slice(0, 500) } : {};
}
