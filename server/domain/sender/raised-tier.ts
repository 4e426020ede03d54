import { and, eq, inArray, sql } from 'drizzle-orm';
import { textArray, type Tx } from '#db/index.ts';
import { senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { SenderFromTwilio } from '#server/domain/sender/from-twilio.ts';
import { enqueue } from '#server/queue.ts';

/** Senders whose tier is higher than the one that is stored. To be asked before the new one is written. */
export async function raisedTiers(tx: Tx, ctx: Context, found: SenderFromTwilio[]): Promise<Array<{ id: string; paceId: string }>> {
  if (found.length === 0) return [];
  const stored = await tx.select({ id: senders.id, paceId: senders.paceId, address: senders.address, limit: senders.messagingLimit }).from(senders)
    .where(and(eq(senders.organizationId, ctx.organizationId), inArray(senders.address, found.map(({ address }) => address))));
  const limits = new Map(found.map(({ address, messagingLimit }) => [address, messagingLimit ?? Infinity]));
  return stored.filter(({ address, limit }) => limit !== null && (limits.get(address) ?? 0) > limit);
}

/** P68: who waits for the lower tier was put aside for days by its measure. They are looked at now; who does not fit into the higher one gets a new day. */
export async function releaseWaiting(tx: Tx, ctx: Context, raised: Array<{ id: string; paceId: string }>): Promise<void> {
  if (raised.length === 0) return;
  await tx.execute(sql`
    update delivery_retry r set due_at = least(r.due_at, clock_timestamp()) from broadcast b
    where b.organization_id = ${ctx.organizationId} and b.sender_id = any(${textArray(raised.map(({ id }) => id))}::uuid[]) and b.status in ('sending', 'paused')
      and r.organization_id = b.organization_id and r.broadcast_id = b.id and r.reason = 'tier'`);
  for (const { paceId } of raised) await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId });
}
