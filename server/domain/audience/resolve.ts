import { and, eq, sql, type SQL } from 'drizzle-orm';
import { rows, textArray, type Tx } from '#db/index.ts';
import { broadcastLists, organizations, type broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { FilterDefinition } from '#server/domain/audience/schema.ts';
import { compileFilter, readDefinition } from '#server/domain/contact/filter.ts';

/** What of a broadcast says whom it is for. */
export type AudienceOwner = Pick<typeof broadcasts.$inferSelect, 'id' | 'channel' | 'senderPhone' | 'recipientMethod' | 'savedFilterId' | 'excludedFilterId' | 'audienceFixedAt' | 'retryOf'>;

/** Everything that decides who gets a broadcast, read once; statements are made of it. */
export type Audience = {
  broadcastId: string;
  /** fixed: broadcast_contact holds it, whatever the recipient method. */
  method: AudienceOwner['recipientMethod'] | 'fixed';
  filter: FilterDefinition | null;
  excludedFilter: FilterDefinition | null;
  /** Ids; no lists where the method has none. */
  lists: string[];
  excludedLists: string[];
  /** Whoever was handed a message after this is within the organisation's frequency cap. */
  cappedSince: Date | null;
  /** Messages of this broadcast do not count for the cap: it is being tried again. */
  retryOf: string | null;
  /** The address of its sender, when somebody left this one only. */
  leftSender: string | null;
};

/** Where a person of the audience goes. In this order deliveries are numbered, so that 1..total is what may go out; the last two have none. */
export const fates = ['recipients', 'optedOut', 'frequencyCap', 'noPhone', 'excluded'] as const;
export type Fate = (typeof fates)[number];

export async function readAudience(tx: Tx, ctx: Context, broadcast: AudienceOwner): Promise<Audience> {
  const { id, recipientMethod, savedFilterId, excludedFilterId, audienceFixedAt, retryOf } = broadcast;
  const method = audienceFixedAt ? 'fixed' : recipientMethod;
  const [organization] = await tx.select({ hours: organizations.frequencyCapHours }).from(organizations).where(eq(organizations.id, ctx.organizationId));
  const chosen = await tx.select({ id: broadcastLists.listId, isExcluded: broadcastLists.isExcluded }).from(broadcastLists).where(and(eq(broadcastLists.organizationId, ctx.organizationId), eq(broadcastLists.broadcastId, id)));
  const idsOf = (isExcluded: boolean) => chosen.filter((list) => list.isExcluded === isExcluded).map((list) => list.id);
  return {
    broadcastId: id, method, retryOf,
    filter: method === 'filter' && savedFilterId ? await readDefinition(tx, ctx.organizationId, savedFilterId) : null,
    excludedFilter: method !== 'fixed' && excludedFilterId ? await readDefinition(tx, ctx.organizationId, excludedFilterId) : null,
    leftSender: await leftSender(tx, ctx, broadcast), lists: method === 'lists' ? idsOf(false) : [], excludedLists: method === 'fixed' ? [] : idsOf(true),
    cappedSince: organization?.hours ? new Date(ctx.now().getTime() - organization.hours * 3_600_000) : null,
  };
}

async function leftSender(tx: Tx, ctx: Context, { channel, senderPhone }: AudienceOwner): Promise<string | null> {
  const [left] = await rows<{ sender: string }>(tx, sql`
    select s.address as sender from sender s where s.organization_id = ${ctx.organizationId} and s.channel = ${channel} and ${senderPhone ? sql`s.address = ${senderPhone}` : sql`s.is_system`}
      and exists (select 1 from sender_opt_out o where o.organization_id = s.organization_id and o.sender = s.address)`);
  return left?.sender ?? null;
}

/**
 * P1, P24: the one resolver of audiences, for every recipient method: each person once, with `fate`, the index in `fates`. A phone number belongs to
 * one contact, so a person once is a number once. `columns` of the contact `c` come with it.
 */
export function audienceOf(ctx: Context, audience: Audience, columns: SQL = sql`c.id, c.phone`): SQL {
  const { from, excluded, capped, left } = partsOf(ctx, audience);
  return sql`select ${columns}, case when ${excluded} then 4 when c.phone is null then 3 when ${left} then 1 when ${capped} then 2 else 0 end as fate ${from}`;
}

/** Those who would get it now, with `columns` of the contact `c`. */
export const recipientsOf = (ctx: Context, audience: Audience, columns?: SQL): SQL => peopleOf(ctx, audience, 'recipients', columns);

/** The people of one fate, asked for by what makes it: of a computed column the planner would expect a handful, and look them up one by one. */
export function peopleOf(ctx: Context, audience: Audience, fate: Fate, columns: SQL = sql`c.id, c.phone`): SQL {
  const { from, excluded, capped, left } = partsOf(ctx, audience);
  const hasPhone = sql`not (${excluded}) and c.phone is not null`;
  const are: Record<Fate, SQL> = {
    excluded: sql`(${excluded})`, noPhone: sql`not (${excluded}) and c.phone is null`, optedOut: sql`${hasPhone} and ${left}`,
    frequencyCap: sql`${hasPhone} and not (${left}) and ${capped}`, recipients: sql`${hasPhone} and not (${left}) and not (${capped})`,
  };
  return sql`select ${columns} ${from} and ${are[fate]}`;
}

function partsOf(ctx: Context, audience: Audience): { from: SQL; excluded: SQL; capped: SQL; left: SQL } {
  const { joins, where } = membership(ctx, audience);
  const [excludes, capped, left] = [exclusion(ctx, audience), cap(ctx, audience), departure(ctx, audience)];
  return { from: sql`from contact c${joins}${excludes.joins}${capped.joins}${left.joins} where c.organization_id = ${ctx.organizationId} and ${where}`, excluded: excludes.where, capped: capped.where, left: left.where };
}

type Part = { joins: SQL; where: SQL };

function membership(ctx: Context, { broadcastId, method, filter, lists }: Audience): Part {
  const none = sql``;
  switch (method) {
    case 'all': return { joins: none, where: sql`true` };
    case 'filter': return filter ? compileFilter(ctx, filter) : { joins: none, where: sql`false` };
    case 'lists': return { joins: none, where: sql`c.id in (${membersOf(ctx, lists)})` };
    case 'numbers': return { joins: none, where: sql`c.id in (select contact_id from broadcast_contact where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcastId})` };
    case 'fixed': return { joins: sql` join broadcast_contact chosen on chosen.organization_id = c.organization_id and chosen.broadcast_id = ${broadcastId} and chosen.contact_id = c.id`, where: sql`true` };
  }
}

/** Named by id: the planner knows how many people these lists have. */
const membersOf = (ctx: Context, lists: string[]) => sql`select contact_id from list_member where organization_id = ${ctx.organizationId} and list_id = any(${textArray(lists)}::uuid[])`;

function exclusion(ctx: Context, { method, excludedLists, excludedFilter }: Audience): Part {
  if (method === 'fixed') return { joins: sql``, where: sql`chosen.is_excluded` };
  const filter = excludedFilter ? compileFilter(ctx, excludedFilter, 'left_out') : null;
  // Distinct: somebody in two of the lists must not be joined twice.
  const lists = excludedLists.length > 0 ? sql` left join (select distinct contact_id from (${membersOf(ctx, excludedLists)}) each_list) excluded on excluded.contact_id = c.id` : null;
  const wheres = [lists ? sql`excluded.contact_id is not null` : [], filter ? sql`coalesce(${filter.where}, false)` : []].flat();
  return { joins: sql`${lists ?? sql``}${filter?.joins ?? sql``}`, where: wheres.length === 0 ? sql`false` : sql.join(wheres, sql` or `) };
}

function cap(ctx: Context, { cappedSince, retryOf }: Audience): Part {
  if (!cappedSince) return { joins: sql``, where: sql`false` };
  const isOther = retryOf ? sql` and reach.last_broadcast_id <> ${retryOf}` : sql``;
  return {
    joins: sql` left join contact_reach reach on reach.organization_id = ${ctx.organizationId} and reach.contact_id = c.id and reach.last_handed_at > ${cappedSince.toISOString()}::timestamptz${isOther}`,
    where: sql`reach.contact_id is not null`,
  };
}

/** P41: who left the organisation, or this sender. */
function departure(ctx: Context, { leftSender: sender }: Audience): Part {
  if (!sender) return { joins: sql``, where: sql`c.opted_out` };
  return {
    joins: sql` left join sender_opt_out gone on gone.organization_id = ${ctx.organizationId} and gone.sender = ${sender} and gone.phone = c.phone`,
    where: sql`(c.opted_out or gone.phone is not null)`,
  };
}

/** How many memberships the chosen lists hold, somebody in two of them counted twice; null where nobody can be in twice. */
export function membershipCount(ctx: Context, { method, lists }: Audience): SQL {
  return method === 'lists' ? sql`select count(*)::int from (${membersOf(ctx, lists)}) members` : sql`null::int`;
}
