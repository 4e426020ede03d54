import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { pageOfPeople } from '#server/domain/audience/person-page.ts';
import { audienceOf, readAudience } from '#server/domain/audience/resolve.ts';
import { changePeopleInput, type AudienceChangeInput, type AudienceChangeView, type AudiencePersonView, type ChangePeopleInput } from '#server/domain/audience/schema.ts';
import { findOwner } from '#server/domain/audience/waterfall.ts';
import { page, type Page } from '#server/domain/paging.ts';

type Last = { id: string; name: string; startedAt: string };

/**
 * Who joined and who left since the last broadcast to the same lists, the same filter or to all: people with a number who are in the audience now against
 * those whom that one was for, whether it was delivered to them or they had opted out. Null when there was none, and for chosen numbers.
 * @throws Problem not_found
 */
export async function audienceChange(ctx: Context, { broadcastId }: AudienceChangeInput): Promise<AudienceChangeView> {
  return ctx.transaction(async (tx) => {
    const last = await lastLike(tx, ctx, broadcastId);
    if (!last) return null;
    const [counts] = await rows<{ joined: number; left: number }>(tx, sql`
      select (count(*) filter (where before.id is null))::int as joined, (count(*) filter (where now.id is null))::int as left
      from (${await peopleNow(tx, ctx, broadcastId)}) now full join (${peopleThen(ctx, last.id)}) before on before.id = now.id`);
    return { broadcastId: last.id, broadcastName: last.name, sentAt: new Date(last.startedAt).toISOString(), ...counts! };
  });
}

/** One page of those who joined, or of those who left. @throws Problem not_found */
export async function changePeople(ctx: Context, given: ChangePeopleInput): Promise<Page<AudiencePersonView>> {
  const { broadcastId, side, ...paging } = changePeopleInput.parse(given);
  return ctx.transaction(async (tx) => {
    const who = await peopleOfSide(tx, ctx, broadcastId, side);
    return who ? pageOfPeople(tx, ctx, { broadcastId, who, paging }) : page([], 0, paging);
  });
}

/** Those who joined, or who left, as `id` and `recipient`; null when there is nothing to compare with. @throws Problem not_found */
export async function peopleOfSide(tx: Tx, ctx: Context, broadcastId: string, side: ChangePeopleInput['side']): Promise<SQL | null> {
  const last = await lastLike(tx, ctx, broadcastId);
  if (!last) return null;
  const [now, before] = [await peopleNow(tx, ctx, broadcastId), peopleThen(ctx, last.id)];
  const [of, without] = side === 'joined' ? [now, before] : [before, now];
  return sql`select one.id, one.recipient from (${of}) one where not exists (select 1 from (${without}) other where other.id = one.id)`;
}

/** The last broadcast that began, to the same set of lists, the same filter, or all. */
async function lastLike(tx: Tx, ctx: Context, broadcastId: string): Promise<Last | undefined> {
  const { recipientMethod, savedFilterId } = await findOwner(tx, ctx, broadcastId);
  if (recipientMethod === 'numbers' || (recipientMethod === 'filter' && !savedFilterId)) return undefined;
  const listsOf = (id: SQL) => sql`array(select l.list_id from broadcast_list l where l.organization_id = ${ctx.organizationId} and l.broadcast_id = ${id} and not l.is_excluded order by 1)`;
  const same = {
    lists: sql`${listsOf(sql`b.id`)} = ${listsOf(sql`${broadcastId}::uuid`)} and ${listsOf(sql`b.id`)} <> '{}'::uuid[]`, filter: sql`b.saved_filter_id = ${savedFilterId}`, all: sql`true`,
  }[recipientMethod];
  const [last] = await rows<Last>(tx, sql`
    select b.id, b.name, b.started_at as "startedAt" from broadcast b
    where b.organization_id = ${ctx.organizationId} and b.id <> ${broadcastId} and b.started_at is not null and b.purpose = 'broadcast' and b.retry_of is null and b.recipient_method = ${recipientMethod} and ${same}
    order by b.started_at desc limit 1`);
  return last;
}

async function peopleNow(tx: Tx, ctx: Context, broadcastId: string): Promise<SQL> {
  return sql`select id, null::text as recipient from (${audienceOf(ctx, await readAudience(tx, ctx, await findOwner(tx, ctx, broadcastId)))}) audience where fate < 3`;
}

/** Each has one delivery (P34). */
const peopleThen = (ctx: Context, broadcastId: string) =>
  sql`select contact_id as id, recipient from broadcast_delivery where broadcast_id = ${broadcastId} and organization_id = ${ctx.organizationId} and contact_id is not null`;
