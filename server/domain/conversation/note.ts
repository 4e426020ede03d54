import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import { chatMessages, conversations } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { lockConversation, whereConversation } from '#server/domain/conversation/row.ts';
import { noteInput } from '#server/domain/conversation/schema.ts';

/** Words for colleagues only; they reach no phone, and change neither the order of the inbox nor its state. @throws Problem forbidden, not_found */
export async function writeNote(ctx: Context, given: z.input<typeof noteInput>): Promise<{ messageId: string }> {
  requireRole(ctx, 'support');
  const { conversationId, text } = noteInput.parse(given);
  return ctx.transaction(async (tx) => {
    await lockConversation(tx, ctx, conversationId);
    await tx.update(conversations).set({ updatedAt: ctx.now() }).where(whereConversation(ctx, conversationId)); // other pages see it at once
    const [note] = await tx.insert(chatMessages).values({ organizationId: ctx.organizationId, conversationId, kind: 'note', direction: 'outbound', authorId: userId(ctx), body: text, createdAt: sql`clock_timestamp()` }).returning({ id: chatMessages.id });
    return { messageId: note!.id };
  });
}
