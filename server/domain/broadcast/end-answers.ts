import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { failComeBacks } from '#server/domain/delivery/come-back.ts';

/** What broadcast_delivery.reason says of an answer that was held; what held it stands in the status_reason of its broadcast. */
const HELD = 'answer_held';

/**
 * Ends the answers of a pace that something has paused: budget, a fault of account or sender, a template that was stopped. Nobody resumes an answer, and hours later it would be
 * out of place: it is not sent, its bubble says why, and it can be written again. One that is being handed over waits for its outcome.
 */
export async function endAnswers(ctx: Context, paceId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const held = await rows<{ id: string }>(tx, sql`
      select b.id from broadcast b
      where b.organization_id = ${ctx.organizationId} and b.pace_id = ${paceId} and b.status = 'paused' and b.purpose in ('reply', 'help')
        and not exists (select 1 from attempt a where a.organization_id = b.organization_id and a.pace_id = b.pace_id and a.broadcast_id = b.id and a.state = 'intent')
      order by b.id for no key update`);
    for (const { id } of held) {
      await failComeBacks(tx, ctx, id, null);
      await tx.execute(sql`delete from delivery_retry where organization_id = ${ctx.organizationId} and broadcast_id = ${id}`);
      await tx.execute(sql`update broadcast_delivery set status = 'skipped', reason = ${HELD} where organization_id = ${ctx.organizationId} and broadcast_id = ${id} and status = 'queued'`);
      await tx.execute(sql`update broadcast set status = 'failed', waits_for = null, finished_at = now(), updated_at = now() where organization_id = ${ctx.organizationId} and id = ${id}`);
    }
  });
}
