import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { purpose } from '#db/schema/index.ts';
import type { ChannelId, Draft } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { pinnedTemplate, pinnedVersion, type PinnedVersion } from '#server/domain/broadcast/pinned-template.ts';
import { cameBack, WINDOW_CLOSED } from '#server/domain/delivery/come-back.ts';
import { holdWithoutApproval } from '#server/domain/broadcast/wait-for-template.ts';
import type { LockedPace } from '#server/domain/sender/lock-pace.ts';

/** `wasTaken`: Twilio had taken it, and it came back for a reason that passes; `isClosed`: because the window was closed in Meta's eyes, whatever we know. */
export type DueDelivery = { seq: number; attempts: number; recipient: string; contactId: string; wasTaken: boolean; isClosed: boolean };
type Purpose = (typeof purpose.enumValues)[number];
type Sending = Draft & { id: string; channel: ChannelId; senderId: string; sender: string; messagingLimit: number | null; purpose: Purpose; budget: string | null };
export type DueBroadcast = Sending & { deliveries: DueDelivery[] };

/** `last`: the delivery after which it ends, or pauses for a look. */
type Active = Sending & { claimedSeq: number; last: number; hasRetry: boolean };

/**
 * Takes the next deliveries of the broadcasts that share a pace, an equal share each, first those that must be tried again. Taking advances the
 * broadcast's range, so no delivery is taken twice. Only a broadcast that is sending and past its hold, of an organisation that accepted the
 * agreement, is served, and never beyond the delivery at which it pauses.
 */
export async function nextBroadcasts(tx: Tx, ctx: Context, pace: LockedPace, count: number): Promise<{ broadcasts: DueBroadcast[]; wait: number | null }> {
  const active = rotate(await holdWithoutApproval(tx, ctx, await activeBroadcasts(tx, ctx, pace.id)), pace.lastBroadcastId).slice(0, count);
  const broadcasts: DueBroadcast[] = [];
  let left = count;
  for (const [i, broadcast] of active.entries()) {
    const deliveries = await takeDeliveries(tx, ctx, broadcast, Math.ceil(left / (active.length - i)));
    left -= deliveries.length;
    if (deliveries.length > 0) broadcasts.push({ ...broadcast, deliveries });
  }
  return { broadcasts, wait: broadcasts.length > 0 ? 0 : active.length > 0 ? 0 : await untilNext(tx, ctx, pace.id) };
}

const lastSeq = sql`least(b.total, coalesce(b.pause_at_seq, b.total))`;

async function activeBroadcasts(tx: Tx, ctx: Context, paceId: string): Promise<Active[]> {
  const found = await rows<Omit<Active, 'template'> & { version: PinnedVersion | null }>(tx, activeOf(ctx, paceId));
  return found.map(({ version, ...active }) => ({ ...active, template: pinnedTemplate(version) }));
}

const activeOf = (ctx: Context, paceId: string) => sql`
  select b.id, b.channel, b.content, b.media_urls as "mediaUrls", ${pinnedVersion} as version, b.template_sid as "templateSid", b.template_variables as "templateVariables", b.missing_values as "missingValues", b.opt_out_line as "optOutLine", s.id as "senderId", s.address as sender, s.messaging_limit as "messagingLimit",
    b.purpose, b.budget, b.claimed_seq as "claimedSeq", ${lastSeq} as last, r.due as "hasRetry"
  from broadcast b
  join sender s on s.organization_id = b.organization_id and s.id = b.sender_id
  cross join lateral (select exists (select 1 from delivery_retry r where r.organization_id = b.organization_id and r.broadcast_id = b.id and r.due_at <= clock_timestamp()) as due) r
  where b.organization_id = ${ctx.organizationId} and b.pace_id = ${paceId} and b.status = 'sending' and (b.hold_until is null or b.hold_until <= clock_timestamp()) and (b.claimed_seq < ${lastSeq} or r.due)
    and exists (select 1 from agreement_acceptance a where a.organization_id = b.organization_id)
  order by b.id for no key update of b`;

/** The one served last goes to the end. */
function rotate<T extends { id: string }>(broadcasts: T[], lastId: string | null): T[] {
  const after = broadcasts.findIndex(({ id }) => lastId !== null && id > lastId);
  return after <= 0 ? broadcasts : [...broadcasts.slice(after), ...broadcasts.slice(0, after)];
}

async function takeDeliveries(tx: Tx, ctx: Context, broadcast: Active, count: number): Promise<DueDelivery[]> {
  const retries = broadcast.hasRetry ? await takeRetries(tx, ctx, broadcast.id, count) : [];
  const upTo = Math.min(broadcast.last, broadcast.claimedSeq + count - retries.length);
  if (upTo > broadcast.claimedSeq) {
    await tx.execute(sql`update broadcast set claimed_seq = ${upTo} where organization_id = ${ctx.organizationId} and id = ${broadcast.id}`);
  }
  // Two arms, each a walk along the primary key; with OR it would be a walk over the whole broadcast.
  return rows<DueDelivery>(tx, sql`
    select d.seq, d.attempts, d.recipient, coalesce(d.contact_id, '00000000-0000-0000-0000-000000000000') as "contactId", d.status <> 'queued' as "wasTaken",
      taken.again and exists (select 1 from attempt a where a.broadcast_id = d.broadcast_id and a.seq = d.seq and a.method = 'freeform' and a.error_code = ${WINDOW_CLOSED}) as "isClosed"
    from (
      select generate_series(${broadcast.claimedSeq + 1}::int, ${upTo}::int) as seq, false as again union all select value::int, true from json_array_elements_text(${JSON.stringify(retries)}::json)
    ) taken join broadcast_delivery d on d.broadcast_id = ${broadcast.id} and d.seq = taken.seq
    where d.organization_id = ${ctx.organizationId} and (d.status = 'queued' or (taken.again and d.status in ('unknown', 'sending', 'sent') and ${cameBack(sql`d`)}))
    order by d.seq`);
}

async function takeRetries(tx: Tx, ctx: Context, broadcastId: string, count: number): Promise<number[]> {
  const taken = await rows<{ seq: number }>(tx, sql`
    delete from delivery_retry where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcastId} and seq in (
      select seq from delivery_retry where organization_id = ${ctx.organizationId} and broadcast_id = ${broadcastId} and due_at <= clock_timestamp() order by due_at limit ${count})
    returning seq`);
  return taken.map(({ seq }) => seq);
}

/** Milliseconds until a retry of this pace is due or a hold ends, or null when there is neither. */
async function untilNext(tx: Tx, ctx: Context, paceId: string): Promise<number | null> {
  const [next] = await rows<{ wait: number | null }>(tx, sql`
    select extract(epoch from least(min(due.at), min(b.hold_until) filter (where b.hold_until > clock_timestamp())) - clock_timestamp())::float8 * 1000 as wait
    from broadcast b
    left join lateral (
      select min(r.due_at) as at from delivery_retry r
      where r.organization_id = b.organization_id and r.broadcast_id = b.id and (b.hold_until is null or b.hold_until <= clock_timestamp())
    ) due on true
    where b.organization_id = ${ctx.organizationId} and b.pace_id = ${paceId} and b.status = 'sending'`);
  return next?.wait == null ? null : Math.max(20, next.wait);
}
