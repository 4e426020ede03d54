import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { peopleOfSide } from '#server/domain/audience/change.ts';
import { countedList } from '#server/domain/audience/list-counts.ts';
import type { ListView, SaveAsListInput } from '#server/domain/audience/schema.ts';
import { peopleBehind } from '#server/domain/audience/waterfall-people.ts';
import { insertList } from '#server/domain/contact/membership.ts';
import { Problem } from '#server/errors.ts';

/**
 * Makes a list of those who stand behind a line of the waterfall now, each once, with the data that they have for this broadcast.
 * @throws Problem not_found · already_exists (slug) · no_recipients when nobody stands there any more
 */
export async function saveAsList(ctx: Context, { broadcastId, people, name, slug }: SaveAsListInput): Promise<ListView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const who = await behind(tx, ctx, broadcastId, people);
    const list = await insertList(tx, ctx.organizationId, name, slug);
    if (!who || (await copyPeople(tx, ctx, { broadcastId, listId: list.id, who })) === 0) {
      throw new Problem('no_recipients', 'Nobody stands behind this figure any more, and no list was made. Look at the audience again.');
    }
    return countedList(tx, ctx.organizationId, list.id);
  });
}

const behind = (tx: Tx, ctx: Context, broadcastId: string, people: SaveAsListInput['people']): Promise<SQL | null> =>
  (people === 'joined' || people === 'left' ? peopleOfSide(tx, ctx, broadcastId, people) : peopleBehind(tx, ctx, broadcastId, people));

/** Of a value that stands in several lists, the first list's is copied, as the broadcast would use it. */
async function copyPeople(tx: Tx, ctx: Context, { broadcastId, listId, who }: { broadcastId: string; listId: string; who: SQL }): Promise<number> {
  const [copied] = await rows<{ count: number }>(tx, sql`
    with own as (
      select m.contact_id, jsonb_object_agg(part.key, part.value order by b.position desc) as data
      from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id cross join jsonb_each(m.data) part
      where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcastId} and not b.is_excluded group by 1
    ), copied as (
      insert into list_member (organization_id, list_id, contact_id, data, added_at)
      select ${ctx.organizationId}::uuid, ${listId}::uuid, who.id, coalesce(own.data, '{}'::jsonb), ${ctx.now().toISOString()}::timestamptz
      from (select distinct id from (${who}) each_one) who join contact c on c.organization_id = ${ctx.organizationId} and c.id = who.id left join own on own.contact_id = who.id
      returning 1
    )
    select count(*)::int as count from copied`);
  return copied!.count;
}
