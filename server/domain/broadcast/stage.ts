import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';

/**
 * Pauses the broadcasts of a pace that have reached the delivery at which somebody wants to look: all up to it taken, nothing to retry, no call in
 * flight. Receipts go on arriving.
 */
export async function pauseStages(tx: Tx, ctx: Context, paceId: string): Promise<void> {
  await rows(tx, sql`
    update broadcast b set status = 'paused', updated_at = now(),
      status_reason = 'The first ' || to_char(b.pause_at_seq, 'FM999,999,999') || ' are out. Look at the results, then go on.'
    where b.organization_id = ${ctx.organizationId} and b.pace_id = ${paceId} and b.status = 'sending'
      and b.pause_at_seq is not null and b.claimed_seq >= b.pause_at_seq and b.claimed_seq < b.total
      and not exists (select 1 from delivery_retry r where r.organization_id = b.organization_id and r.broadcast_id = b.id)
      and not exists (select 1 from attempt a where a.organization_id = b.organization_id and a.pace_id = b.pace_id and a.broadcast_id = b.id and a.state = 'intent')`);
}
