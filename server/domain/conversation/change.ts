import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { chatMessages, conversations } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { lockConversation, whereConversation, type ConversationRow } from '#server/domain/conversation/row.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { viewConversations } from '#server/domain/conversation/view.ts';

type Values = Partial<typeof conversations.$inferInsert>;
/** What colleagues read in the thread about a change: { event: 'closed' } … */
type Event = { event: 'assigned' | 'closed' | 'reopened' | 'snoozed' | 'woken' | 'opted_out' | 'not_opt_out' } & Record<string, unknown>;

type Change = { values: Values; event: Event | null };

/**
 * Changes a conversation for all colleagues. `decide` sees its row, locked, and gives the new values, with the event that the thread keeps; null: it is so already.
 * @throws Problem forbidden below support, not_found
 */
export async function changeConversation(ctx: Context, id: string, decide: (row: ConversationRow, tx: Tx) => Promise<Change | null> | Change | null): Promise<ConversationView> {
  requireRole(ctx, 'support');
  return ctx.transaction(async (tx) => {
    const change = await decide(await lockConversation(tx, ctx, id), tx);
    if (change) {
      await tx.update(conversations).set({ ...change.values, updatedAt: ctx.now() }).where(whereConversation(ctx, id));
      if (change.event) await tx.insert(chatMessages).values({ organizationId: ctx.organizationId, conversationId: id, kind: 'event', direction: 'outbound', authorId: userId(ctx), extra: change.event, createdAt: sql`clock_timestamp()` });
    }
    const [view] = await viewConversations(tx, ctx, [id]);
    return view!;
  });
}
