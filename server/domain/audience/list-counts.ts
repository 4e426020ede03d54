import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { ListView } from '#server/domain/audience/schema.ts';

type CountedRow = Omit<ListView, 'createdAt'> & { createdAt: string };

/** Lists with their members and how many of them can be written to (a number, no opt-out), in one query. */
export async function countedLists(tx: Tx, organizationId: string, only: SQL = sql`true`): Promise<ListView[]> {
  const found = await rows<CountedRow>(tx, sql`
    select l.id, l.slug, l.name, l.created_at as "createdAt", coalesce(m.members, 0)::int as members, coalesce(m.reachable, 0)::int as reachable
    from list l left join (
      select lm.list_id, count(*) as members, count(*) filter (where c.phone is not null and not c.opted_out) as reachable
      from list_member lm join contact c on c.organization_id = lm.organization_id and c.id = lm.contact_id
      join list l on l.organization_id = lm.organization_id and l.id = lm.list_id
      where lm.organization_id = ${organizationId} and ${only} group by 1
    ) m on m.list_id = l.id
    where l.organization_id = ${organizationId} and ${only} order by lower(l.name), l.id`);
  return found.map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
}

/** One list of which the caller knows that it exists. */
export async function countedList(tx: Tx, organizationId: string, id: string): Promise<ListView> {
  const [view] = await countedLists(tx, organizationId, sql`l.id = ${id}`);
  return view!;
}
