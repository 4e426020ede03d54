import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { lockBroadcast, requireStatus } from '#server/domain/broadcast/row.ts';
import type { RemovedView, RetryFailedInput } from '#server/domain/broadcast/schema.ts';
import { describeError, describeReason } from '#server/twilio/errors.ts';

/** Contacts whose number cannot be reached carry it, so that a filter can leave them out. */
const TAG = 'undeliverable';

/**
 * Takes those whom a broadcast did not reach off its lists and tags them `undeliverable`; they stay contacts. By cause; without causes those that only
 * the list can mend. Set-based, however many they are.
 * @throws Problem not_found, invalid_state while it is still a draft
 */
export async function removeFailed(ctx: Context, { id, causes }: RetryFailedInput): Promise<RemovedView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    requireStatus(await lockBroadcast(tx, ctx, id), ['sending', 'paused', 'sent', 'cancelled', 'failed'], 'clearing up after it');
    const [done] = await rows<RemovedView>(tx, sql`
      with people as materialized (
        select distinct d.contact_id as id from broadcast_delivery d
        join json_to_recordset(${JSON.stringify(causes ?? await causesOfLists(tx, ctx, id))}::json) as cause(code int, reason text)
          on d.error_code is not distinct from cause.code and (cause.code is not null or d.reason is not distinct from cause.reason)
        where d.organization_id = ${ctx.organizationId} and d.broadcast_id = ${id} and d.status in ('failed', 'undelivered') and d.contact_id is not null
      ), gone as (
        delete from list_member m using people p, broadcast_list l
        where m.organization_id = ${ctx.organizationId} and m.contact_id = p.id and l.organization_id = m.organization_id and l.broadcast_id = ${id} and l.list_id = m.list_id and not l.is_excluded
        returning m.contact_id
      ), tagged as (
        update contact c set tags = array_append(c.tags, ${TAG}::text), updated_at = now() from people p
        where c.organization_id = ${ctx.organizationId} and c.id = p.id and not c.tags @> array[${TAG}::text] returning c.id
      )
      select (select count(distinct contact_id) from gone)::int as removed, (select count(*) from tagged)::int as tagged`);
    return done!;
  });
}

type Cause = { code: number | null; reason: string | null };

async function causesOfLists(tx: Tx, ctx: Context, id: string): Promise<Cause[]> {
  const occurred = await rows<Cause>(tx, sql`
    select distinct nullif(error_code, 0) as code, case when error_code = 0 then nullif(reason, '') end as reason from broadcast_cause_rollup
    where organization_id = ${ctx.organizationId} and broadcast_id = ${id} and status in ('failed', 'undelivered')`);
  return occurred.filter(({ code, reason }) => (code === null && reason !== null ? describeReason(reason) : describeError(code)).group === 'fix_list');
}
