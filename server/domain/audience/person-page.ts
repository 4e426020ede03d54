import { sql, type SQL } from 'drizzle-orm';
import type * as z from 'zod';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { AudiencePersonView } from '#server/domain/audience/schema.ts';
import { page, type pageInput, type Page } from '#server/domain/paging.ts';

type PersonRow = AudiencePersonView & { total: number };
type Asked = {
  broadcastId: string;
  /** A statement of contact ids (`id`), with the number that a message went to (`recipient`) for those who may be deleted by now. */
  who: SQL;
  paging: z.infer<typeof pageInput>;
};

/** One page of people by name, those without one last; in how many of the broadcast's chosen lists they are, and when they last got a message. */
export async function pageOfPeople(tx: Tx, ctx: Context, { broadcastId, who, paging }: Asked): Promise<Page<AudiencePersonView>> {
  // The narrow set once, for the total and for the page.
  const found = await rows<PersonRow>(tx, sql`
    with who as materialized (${who}), found as materialized (
      select w.id, w.recipient, c.phone, c.email, c.first_name, c.last_name, c.opted_out
      from who w left join contact c on c.organization_id = ${ctx.organizationId} and c.id = w.id
      order by lower(c.first_name), lower(c.last_name), w.id limit ${paging.ps} offset ${(paging.p - 1) * paging.ps}
    )
    select f.id as "contactId", coalesce(f.phone, f.recipient) as phone, f.email, f.first_name as "firstName", f.last_name as "lastName", coalesce(f.opted_out, false) as "optedOut",
      (select count(*)::int from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id and m.contact_id = f.id
        where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcastId} and not b.is_excluded) as lists,
      (select last_handed_at from contact_reach r where r.organization_id = ${ctx.organizationId} and r.contact_id = f.id) as "lastMessagedAt",
      (select count(*)::int from who) as total
    from found f order by lower(f.first_name), lower(f.last_name), f.id`);
  const total = found[0]?.total ?? (paging.p > 1 ? await countOf(tx, who) : 0);
  return page(found.map(viewOf), total, paging);
}

const viewOf = ({ contactId, phone, email, firstName, lastName, optedOut, lists, lastMessagedAt }: PersonRow): AudiencePersonView =>
  ({ contactId, phone, email, firstName, lastName, optedOut, lists, lastMessagedAt: lastMessagedAt && new Date(lastMessagedAt).toISOString() });

/** Past the last page there is nobody beside whom the total could stand. */
async function countOf(tx: Tx, who: SQL): Promise<number> {
  const [counted] = await rows<{ total: number }>(tx, sql`select count(*)::int as total from (${who}) w`);
  return counted!.total;
}
