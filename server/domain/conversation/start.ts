import { and, eq } from 'drizzle-orm';
import type * as z from 'zod';
import type { Tx } from '#db/index.ts';
import { contacts, conversations } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { startConversationInput } from '#server/domain/conversation/schema.ts';
import { resolveSender } from '#server/domain/sender/resolve.ts';
import { invalidField, notFound } from '#server/errors.ts';

/** Finds, or begins, the conversation with a contact. Nothing is written to them, and the inbox shows it once somebody wrote. @throws Problem forbidden, not_found, sender_not_found, validation_failed without a number */
export async function startConversation(ctx: Context, given: z.input<typeof startConversationInput>): Promise<{ conversationId: string }> {
  requireRole(ctx, 'support');
  const { contactId, channel, sender: wanted } = startConversationInput.parse(given);
  return ctx.transaction(async (tx) => {
    const [contact] = await tx.select({ phone: contacts.phone }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contactId)));
    if (!contact) throw notFound('contact');
    if (contact.phone === null) throw invalidField('contactId', 'This contact has no phone number. Add one first.', 'no_phone');
    const { sender } = await resolveSender(tx, ctx, channel, wanted);
    return { conversationId: await findOrBegin(tx, ctx, { channel, sender: sender.address, recipient: channels[channel].toAddress(contact.phone), contactId }) };
  });
}

type Pair = Pick<typeof conversations.$inferInsert, 'channel' | 'sender' | 'recipient'> & { contactId: string };

async function findOrBegin(tx: Tx, ctx: Context, pair: Pair): Promise<string> {
  const isPair = and(eq(conversations.organizationId, ctx.organizationId), eq(conversations.sender, pair.sender), eq(conversations.recipient, pair.recipient));
  await tx.insert(conversations).values({ organizationId: ctx.organizationId, ...pair }).onConflictDoNothing();
  const [found] = await tx.select({ id: conversations.id, contactId: conversations.contactId }).from(conversations).where(isPair);
  if (found!.contactId === null) await tx.update(conversations).set({ contactId: pair.contactId }).where(isPair);
  return found!.id;
}
