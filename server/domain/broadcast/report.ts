import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { readBroadcast } from '#server/domain/broadcast/read.ts';
import type { BroadcastInput, BroadcastView, ReportView } from '#server/domain/broadcast/schema.ts';
import { describeError, describeReason } from '#server/twilio/errors.ts';

/** Deliveries whose time is measured; a larger broadcast is sampled evenly, which moves a percentile by less than it is read with. */
const SAMPLE = 20_000;

/** What became of a broadcast. Counts and cost are the rollups' of one moment; errors are read from the deliveries that have one. @throws Problem not_found */
export async function reportBroadcast(ctx: Context, input: BroadcastInput): Promise<ReportView> {
  const broadcast = await readBroadcast(ctx, input);
  const { counts, cost, unpricedMessages, unpricedEstimate, estimate, currency } = broadcast;
  return ctx.transaction(async (tx) => ({
    broadcast, counts, funnel: funnelOf(broadcast),
    skippedByReason: await skippedByReason(tx, ctx.organizationId, broadcast),
    errors: counts.failed + counts.undelivered > 0 ? await errorsOf(tx, ctx.organizationId, broadcast.id) : [],
    durations: [], responses: { replies: 0, optOuts: 0, repliesPer1000: null, optOutsPer1000: null, usualRepliesPer1000: null, usualOptOutsPer1000: null },
    cost: { estimate, currency, settled: cost, unpricedMessages, unpricedEstimate },
    deliverySeconds: counts.delivered + counts.read > 0 ? await deliverySeconds(tx, ctx.organizationId, broadcast.id) : { p50: null, p90: null, p99: null },
  }));
}

/** Each step holds all those of the next: a message that was read was delivered, and an undelivered one had been sent. */
function funnelOf({ total, excluded, counts }: BroadcastView): ReportView['funnel'] {
  const read = counts.read;
  const delivered = counts.delivered + read;
  const sent = counts.sent + counts.undelivered + delivered;
  const audience = total + sum(Object.values(excluded));
  return [
    { step: 'Audience', count: audience }, { step: 'Handed to Twilio', count: counts.sending + sent },
    { step: 'Sent to the carrier', count: sent }, { step: 'Delivered', count: delivered },
    ...(read > 0 ? [{ step: 'Read', count: read }] : []),
  ];
}

const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);

/** Those left out when the audience was resolved and those skipped at their turn, each person once: some of the former have a delivery, some have none. */
async function skippedByReason(tx: Tx, organizationId: string, broadcast: BroadcastView): Promise<ReportView['skippedByReason']> {
  const skipped = broadcast.counts.skipped === 0 ? [] : await rows<{ reason: string; count: number }>(tx, sql`
    select coalesce(reason, 'no_reason_given') as reason, count(*)::int as count from broadcast_delivery
    where organization_id = ${organizationId} and broadcast_id = ${broadcast.id} and status = 'skipped' group by 1`);
  const byReason = new Map(skipped.map(({ reason, count }) => [reason, count]));
  const haveDeliveries = sum(Object.values(broadcast.counts)) > broadcast.total;
  for (const [name, count] of Object.entries(broadcast.excluded)) {
    const reason = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (count > 0 && !(haveDeliveries && byReason.has(reason))) byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  }
  return [...byReason].map(([reason, count]) => ({ reason, title: describeReason(reason).title, count })).sort((a, b) => b.count - a.count);
}

/** Failures by Twilio's code, or by our own reason where Twilio gave none; the most frequent first. */
async function errorsOf(tx: Tx, organizationId: string, broadcastId: string): Promise<ReportView['errors']> {
  const found = await rows<{ code: number | null; reason: string | null; count: number }>(tx, sql`
    select nullif(error_code, 0) as code, case when coalesce(error_code, 0) = 0 then reason end as reason, count(*)::int as count from broadcast_delivery
    where organization_id = ${organizationId} and broadcast_id = ${broadcastId} and status in ('failed', 'undelivered') group by 1, 2 order by 3 desc, 1`);
  return found.map(({ code, reason, count }) => {
    const { title, help, action } = reason ? describeReason(reason) : describeError(code);
    return { code, reason, group: 'nothing' as const, title, help, action, count };
  });
}

/** Seconds from sent to delivered. The sample is drawn by number, so a broadcast of a million costs no more than one of twenty thousand. */
async function deliverySeconds(tx: Tx, organizationId: string, broadcastId: string): Promise<ReportView['deliverySeconds']> {
  const [found] = await rows<ReportView['deliverySeconds']>(tx, sql`
    select percentile_cont(0.5) within group (order by greatest(0, seconds)) as p50, percentile_cont(0.9) within group (order by greatest(0, seconds)) as p90, percentile_cont(0.99) within group (order by greatest(0, seconds)) as p99
    from broadcast b
    cross join lateral generate_series(1, b.last_seq, greatest(1, b.last_seq / ${SAMPLE}::int)) n
    join broadcast_delivery d on d.broadcast_id = b.id and d.seq = n
    cross join lateral (select extract(epoch from d.delivered_at - coalesce(d.sent_at, d.handed_at))::float8 as seconds) t
    where b.organization_id = ${organizationId} and b.id = ${broadcastId} and d.organization_id = ${organizationId} and t.seconds is not null`);
  return found ?? { p50: null, p90: null, p99: null };
}
