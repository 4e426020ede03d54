import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { AudienceChangeView, ListInput } from '#server/domain/audience/schema.ts';
import { findList } from '#server/domain/contact/membership.ts';

type Last = { id: string; name: string; startedAt: string };

/**
 * Who joined and who left a list since the last broadcast to it alone: members with a number now, against those whom that broadcast was for. Null when
 * there was none.
 * @throws Problem not_found
 */
export async function listChange(ctx: Context, { list: named }: ListInput): Promise<AudienceChangeView> {
  return ctx.transaction(async (tx) => {
    const list = await findList(tx, ctx.organizationId, named);
    const [last] = await rows<Last>(tx, sql`
      select b.id, b.name, b.started_at as "startedAt" from broadcast b
      where b.organization_id = ${ctx.organizationId} and b.started_at is not null and b.purpose = 'broadcast' and b.retry_of is null and b.recipient_method = 'lists'
        and array(select l.list_id from broadcast_list l where l.organization_id = b.organization_id and l.broadcast_id = b.id and not l.is_excluded) = array[${list.id}::uuid]
      order by b.started_at desc limit 1`);
    if (!last) return null;
    const [counts] = await rows<{ joined: number; left: number }>(tx, sql`
      with now as (
        select m.contact_id as id from list_member m join contact c on c.organization_id = m.organization_id and c.id = m.contact_id and c.phone is not null
        where m.organization_id = ${ctx.organizationId} and m.list_id = ${list.id}),
      before as (select distinct contact_id as id from broadcast_delivery where organization_id = ${ctx.organizationId} and broadcast_id = ${last.id} and contact_id is not null)
      select (count(*) filter (where before.id is null))::int as joined, (count(*) filter (where now.id is null))::int as left from now full join before on before.id = now.id`);
    return { broadcastId: last.id, broadcastName: last.name, sentAt: new Date(last.startedAt).toISOString(), ...counts! };
  });
}
