import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { readBroadcast } from '#server/domain/broadcast/read.ts';
import { responsesOf } from '#server/domain/broadcast/responses.ts';
import type { BroadcastInput, BroadcastView, ReportView } from '#server/domain/broadcast/schema.ts';
import { durationsOf, quantileOf } from '#server/domain/delivery/durations.ts';
import { describeError, describeReason } from '#server/twilio/errors.ts';

/** What became of a broadcast, from rollups alone: some hundred rows, however many people it went to. @throws Problem not_found */
export async function reportBroadcast(ctx: Context, input: BroadcastInput): Promise<ReportView> {
  const broadcast = await readBroadcast(ctx, input);
  const { counts, cost, unpricedMessages, unpricedEstimate, estimate, currency } = broadcast;
  return ctx.transaction(async (tx) => {
    const causes = await causesOf(tx, ctx.organizationId, broadcast.id);
    const durations = await readDurations(tx, ctx.organizationId, broadcast.id);
    return {
      broadcast, counts, funnel: funnelOf(broadcast), skippedByReason: skippedByReason(broadcast, causes), errors: errorsOf(causes),
      cost: { estimate, currency, settled: cost, unpricedMessages, unpricedEstimate, ...await yieldOf(tx, ctx.organizationId, broadcast.id) },
      deliverySeconds: { p50: quantileOf(durations, 0.5), p90: quantileOf(durations, 0.9), p99: quantileOf(durations, 0.99) }, durations,
      responses: await responsesOf(tx, ctx.organizationId, broadcast),
    };
  });
}

const DELIVERED = ['delivered', 'read'] as const;
const SENT = ['sent', 'undelivered', ...DELIVERED] as const;
const HANDED = ['sending', ...SENT] as const;

/** Each step holds all those of the next: a message that was read was delivered, and an undelivered one had been sent. */
function funnelOf({ total, excluded, counts }: BroadcastView): ReportView['funnel'] {
  const among = (statuses: readonly (keyof typeof counts)[]) => ({ count: sum(statuses.map((status) => counts[status])), statuses: [...statuses] });
  return [
    { key: 'audience', step: 'Audience', count: total + sum(Object.values(peopleOf(excluded))), statuses: [] },
    { key: 'handed', step: 'Handed to Twilio', ...among(HANDED) }, { key: 'sent', step: 'Sent to the carrier', ...among(SENT) }, { key: 'delivered', step: 'Delivered', ...among(DELIVERED) },
    ...(counts.read > 0 ? [{ key: 'read' as const, step: 'Read', ...among(['read']) }] : []),
  ];
}

const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);

type Cause = { status: 'skipped' | 'failed' | 'undelivered'; reason: string; code: number; count: number };

// A shard may be negative (a row that came through one connection left through another), so only sums over the shards mean anything.
const causesOf = (tx: Tx, organizationId: string, broadcastId: string) => rows<Cause>(tx, sql`
  select status, reason, error_code as code, sum(deliveries)::int as count from broadcast_cause_rollup
  where organization_id = ${organizationId} and broadcast_id = ${broadcastId} group by 1, 2, 3 having sum(deliveries) > 0`);

/**
 * Those left out when the audience was resolved and those skipped at their turn, each person once: some of the former have a delivery, and stand among
 * the skipped already, some have none.
 */
function skippedByReason({ excluded }: BroadcastView, causes: Cause[]): ReportView['skippedByReason'] {
  const byReason = new Map<string, number>();
  const add = (reason: string, count: number) => byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  for (const { status, reason, count } of causes) if (status === 'skipped') add(reason || 'no_reason_given', count);
  for (const [name, count] of Object.entries(peopleOf(excluded))) if (count > 0 && !withDelivery.has(name)) add(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), count);
  return [...byReason].map(([reason, count]) => ({ reason, title: describeReason(reason).title, count })).sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason));
}

/** Keys of broadcast.excluded whose people have a skipped delivery (writeDeliveries); the others have none. */
const withDelivery = new Set(['optedOut', 'frequencyCap']);

/** Somebody in two lists is one person, and got it. */
const peopleOf = (excluded: Record<string, number>) => Object.fromEntries(Object.entries(excluded).filter(([name]) => name !== 'duplicate'));

/** Failures by Twilio's code, or by our own reason where Twilio gave none; the most frequent first. */
function errorsOf(causes: Cause[]): ReportView['errors'] {
  const failed = causes.filter(({ status }) => status !== 'skipped');
  const byCause = Map.groupBy(failed, ({ code, reason }) => (code > 0 ? String(code) : reason));
  return [...byCause.values()].map((alike) => {
    const { code, reason } = alike[0]!;
    const { title, help, action, group } = code > 0 || reason === '' ? describeError(code || null) : describeReason(reason);
    return { code: code || null, reason: code > 0 ? null : reason || null, group, title, help, action, count: sum(alike.map(({ count }) => count)) };
  }).sort((a, b) => b.count - a.count || (a.code ?? 0) - (b.code ?? 0));
}

async function readDurations(tx: Tx, organizationId: string, broadcastId: string): Promise<ReportView['durations']> {
  const found = await rows<{ bucket: number; count: number }>(tx, sql`
    select bucket, sum(deliveries)::int as count from broadcast_duration_rollup where organization_id = ${organizationId} and broadcast_id = ${broadcastId} group by 1`);
  return durationsOf(new Map(found.map(({ bucket, count }) => [bucket, count])));
}

/** What the money brought, per currency: the whole charge for each message that was delivered, and the charge for those that were not. */
async function yieldOf(tx: Tx, organizationId: string, broadcastId: string): Promise<Pick<ReportView['cost'], 'perDelivered' | 'wasted'>> {
  const found = await rows<{ currency: string; each: string | null; wasted: string; messages: number }>(tx, sql`
    select currency, (sum(price) / nullif(sum(priced) filter (where status in ('delivered', 'read')), 0))::numeric(18, 6)::text as each,
      coalesce(sum(price) filter (where status in ('undelivered', 'failed')), 0)::text as wasted, coalesce(sum(priced) filter (where status in ('undelivered', 'failed')), 0)::int as messages
    from broadcast_rollup where organization_id = ${organizationId} and broadcast_id = ${broadcastId} and currency <> '' group by 1 having sum(priced) > 0 order by 1`);
  return {
    perDelivered: found.flatMap(({ currency, each }) => (each === null ? [] : [{ currency, amount: each }])),
    wasted: found.filter(({ messages }) => messages > 0).map(({ currency, wasted, messages }) => ({ currency, amount: wasted, messages })),
  };
}
