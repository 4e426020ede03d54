import { sql, type SQL } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { pageOfPeople } from '#server/domain/audience/person-page.ts';
import { audienceOf, peopleOf, readAudience, type Fate } from '#server/domain/audience/resolve.ts';
import { waterfallPeopleInput, type AudiencePersonView, type WaterfallPeopleInput } from '#server/domain/audience/schema.ts';
import { findOwner } from '#server/domain/audience/waterfall.ts';
import type { Page } from '#server/domain/paging.ts';

/**
 * The people behind one line of a draft's waterfall, by name. Each stands there once: of `members` and `duplicate` these are fewer than the line counts,
 * because the line counts somebody in three lists three times, or twice.
 * @throws Problem not_found
 */
export async function waterfallPeople(ctx: Context, given: WaterfallPeopleInput): Promise<Page<AudiencePersonView>> {
  const { broadcastId, key, ...paging } = waterfallPeopleInput.parse(given);
  return ctx.transaction(async (tx) => pageOfPeople(tx, ctx, { broadcastId, who: await peopleBehind(tx, ctx, broadcastId, key), paging }));
}

/** The people of a line as `id` and `recipient`, each once. @throws Problem not_found */
export async function peopleBehind(tx: Tx, ctx: Context, broadcastId: string, key: Fate | 'members' | 'duplicate'): Promise<SQL> {
  const audience = await readAudience(tx, ctx, await findOwner(tx, ctx, broadcastId));
  const who = sql`c.id, null::text as recipient`;
  if (key !== 'members' && key !== 'duplicate') return peopleOf(ctx, audience, key, who);
  const everybody = audienceOf(ctx, audience, who);
  if (key === 'members') return sql`select id, recipient from (${everybody}) audience`;
  return sql`select id, recipient from (${everybody}) audience where id in (
    select m.contact_id from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcastId} and not b.is_excluded group by 1 having count(*) > 1)`;
}
