import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { enqueue } from '#server/queue.ts';

/** Marks the broadcasts of a pace as sent once all is handed over: nothing unclaimed, nothing to retry, no call in flight. Receipts go on arriving. */
export async function finishBroadcasts(ctx: Context, paceId: string, { quiet }: ResolvePolicy): Promise<void> {
  await ctx.transaction(async (tx) => {
    // Locked first and asked after: whoever comes back at this moment (come-back.ts) is seen by the second statement.
    const handedOver = await rows<{ id: string }>(tx, sql`
      select id from broadcast where organization_id = ${ctx.organizationId} and pace_id = ${paceId} and status = 'sending' and claimed_seq >= total order by id for no key update`);
    if (handedOver.length === 0) return;
    const finished = await rows(tx, sql`
      update broadcast b set status = 'sent', status_reason = null, finished_at = now(), updated_at = now()
      where b.organization_id = ${ctx.organizationId} and b.pace_id = ${paceId} and b.status = 'sending' and b.claimed_seq >= b.total
        and not exists (select 1 from delivery_retry r where r.organization_id = b.organization_id and r.broadcast_id = b.id)
        and not exists (select 1 from attempt a where a.organization_id = b.organization_id and a.pace_id = b.pace_id and a.broadcast_id = b.id and a.state = 'intent')
      returning b.id`);
    if (finished.length === 0) return;
    // Twilio names prices some moments after a message.
    await enqueue(tx, 'settle-prices', { organizationId: ctx.organizationId }, { runAt: new Date(ctx.now().getTime() + quiet * 100), key: `settle-prices:${ctx.organizationId}` });
  });
}
