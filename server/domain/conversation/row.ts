import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { conversations } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { notFound } from '#server/errors.ts';

export type ConversationRow = typeof conversations.$inferSelect;

export const whereConversation = (ctx: Context, id: string) => and(eq(conversations.organizationId, ctx.organizationId), eq(conversations.id, id));

/** @throws Problem not_found, also for another organisation's */
export async function findConversation(tx: Tx, ctx: Context, id: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversations).where(whereConversation(ctx, id));
  if (!row) throw notFound('conversation');
  return row;
}

/** The same, locked until the transaction ends: answers to one person are written one after the other. */
export async function lockConversation(tx: Tx, ctx: Context, id: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversations).where(whereConversation(ctx, id)).for('no key update');
  if (!row) throw notFound('conversation');
  return row;
}
