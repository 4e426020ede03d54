import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { notFound, Problem } from '#server/errors.ts';

export type BroadcastRow = typeof broadcasts.$inferSelect;
type Status = BroadcastRow['status'];

/** The broadcast, locked until the transaction ends. @throws Problem not_found, also for another organisation's. */
export async function lockBroadcast(tx: Tx, ctx: Context, id: string): Promise<BroadcastRow> {
  const [row] = await tx.select().from(broadcasts).where(whereBroadcast(ctx, id)).for('update');
  if (!row) throw notFound('broadcast');
  return row;
}

export const whereBroadcast = (ctx: Context, id: string) => and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.id, id));

/** @throws Problem invalid_state that says what the broadcast is and what would have been allowed. */
export function requireStatus(broadcast: BroadcastRow, allowed: Status[], act: string): void {
  if (allowed.includes(broadcast.status)) return;
  throw new Problem('invalid_state', `This broadcast is ${broadcast.status}; ${act} is possible only when it is ${allowed.join(' or ')}.`, { data: { status: broadcast.status } });
}

/** An answer says what was typed, braces included: as a draft it would be read as a text with placeholders. @throws Problem invalid_state */
export function requireNoAnswer({ purpose }: BroadcastRow): void {
  if (purpose === 'broadcast' || purpose === 'test') return;
  throw new Problem('invalid_state', 'This is an answer to one person. Write it again in their conversation in the inbox.', { data: { purpose } });
}
