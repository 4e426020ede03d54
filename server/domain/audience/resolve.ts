import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';

export type Audience = { broadcastId: string; recipientMethod: 'lists' | 'all' | 'numbers' | 'filter' };

/**
 * P1, P24: the one resolver of audiences: contacts (alias c) of the chosen lists, each once, or of the whole organisation. A phone number belongs
 * to one contact, so a person once is a number once.
 */
export function audienceOf(ctx: Context, { broadcastId, recipientMethod }: Audience): SQL {
  if (recipientMethod === 'all') return sql`select c.* from contact c where c.organization_id = ${ctx.organizationId}`;
  return sql`select c.* from contact c where c.organization_id = ${ctx.organizationId} and c.id in (
    select m.contact_id from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcastId})`;
}

/** Where everybody went: members = duplicate + people; people = noPhone + optedOut + recipients. */
export type AudienceCounts = { members: number; people: number; duplicate: number; noPhone: number; optedOut: number; recipients: number };

export async function countAudience(tx: Tx, ctx: Context, audience: Audience): Promise<AudienceCounts> {
  const [found] = await rows<Omit<AudienceCounts, 'members' | 'duplicate'>>(tx, sql`
    select count(*)::int as people, (count(*) filter (where phone is null))::int as "noPhone",
      (count(*) filter (where phone is not null and opted_out))::int as "optedOut", (count(*) filter (where phone is not null and not opted_out))::int as recipients
    from (${audienceOf(ctx, audience)}) audience`);
  const members = audience.recipientMethod === 'all' ? found!.people : await countMembers(tx, ctx, audience.broadcastId);
  return { ...found!, members, duplicate: members - found!.people };
}

/**
 * Set-based fan-out: one statement numbers the recipients from 1 while selecting them and writes their deliveries. Opted-out people come last, as
 * skipped rows with their reason (P41), so the range 1..total is exactly what may go out.
 */
export async function writeDeliveries(tx: Tx, ctx: Context, audience: Audience, addressPrefix: string): Promise<{ total: number; written: number }> {
  const [numbers] = await rows<{ total: string; written: string }>(tx, sql`
    with written as (
      insert into broadcast_delivery (organization_id, broadcast_id, seq, contact_id, recipient, status, reason)
      select ${ctx.organizationId}, ${audience.broadcastId}, row_number() over (order by opted_out), id, ${addressPrefix} || phone,
        (case when opted_out then 'skipped' else 'queued' end)::delivery_status, case when opted_out then 'opted_out' end
      from (${audienceOf(ctx, audience)}) audience where phone is not null
      returning status
    )
    select (count(*) filter (where status = 'queued')) as total, count(*) as written from written`);
  return { total: Number(numbers!.total), written: Number(numbers!.written) };
}

async function countMembers(tx: Tx, ctx: Context, broadcastId: string) {
  const [found] = await rows<{ members: number }>(tx, sql`
    select count(*)::int as members from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcastId}`);
  return found!.members;
}
