import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { CountsByStatus } from '#server/domain/broadcast/schema.ts';
import { deliveryStatuses } from '#server/domain/broadcast/states.ts';

export type Cost = { currency: string; settled: string; pricedMessages: number };

/** What the rollups say about one broadcast. Money is exact decimals, six places. */
export type Counts = {
  counts: CountsByStatus;
  /** One entry per currency in which Twilio has charged, by currency. */
  cost: Cost[];
  /** Taken by Twilio and not priced yet, and what they are expected to cost. */
  unpricedMessages: number;
  unpricedEstimate: string;
};

/**
 * Statuses of messages that Twilio has taken and charges for. A failed one is not waited for: Twilio charges nothing or a small fee for it, and what
 * it did charge is counted as soon as it is known.
 */
export const CHARGED_STATUSES = ['sending', 'sent', 'undelivered', 'delivered', 'read'] as const;
export const chargedStatuses = sql.raw(CHARGED_STATUSES.map((status) => `'${status}'`).join(', '));

export const noCounts = (): Counts => ({
  counts: { queued: 0, skipped: 0, cancelled: 0, unknown: 0, sending: 0, sent: 0, failed: 0, undelivered: 0, delivered: 0, read: 0 },
  cost: [], unpricedMessages: 0, unpricedEstimate: '0.000000',
});

/**
 * Counts and cost of several broadcasts from their rollup rows, in one statement: all numbers are of one moment. Every id has an entry, with zeroes
 * where a broadcast has no delivery.
 */
export async function countsOf(tx: Tx, organizationId: string, broadcastIds: string[]): Promise<Map<string, Counts>> {
  const found = new Map(broadcastIds.map((id) => [id, noCounts()]));
  if (broadcastIds.length === 0) return found;
  for (const row of await rollupSums(tx, organizationId, broadcastIds)) {
    const entry = found.get(row.broadcast_id);
    if (!entry) continue;
    for (const status of deliveryStatuses) entry.counts[status] = row.counts[status] ?? 0;
    entry.cost = row.cost ?? [];
    entry.unpricedMessages = row.unpriced_messages;
    entry.unpricedEstimate = row.unpriced_estimate;
  }
  return found;
}

type RollupSums = { broadcast_id: string; counts: Partial<CountsByStatus>; cost: Cost[] | null; unpriced_messages: number; unpriced_estimate: string };

// A shard may be negative (a row that came through one connection left through another), so only sums over the shards mean anything.
const rollupSums = (tx: Tx, organizationId: string, broadcastIds: string[]) => rows<RollupSums>(tx, sql`
  with mine as (
    select broadcast_id, status, currency, deliveries, priced, price, unpriced_estimate from broadcast_rollup
    where organization_id = ${organizationId} and broadcast_id in (select value::uuid from json_array_elements_text(${JSON.stringify(broadcastIds)}::json))
  ), by_status as (
    select broadcast_id, status, sum(deliveries)::int as deliveries, sum(priced)::int as priced, sum(unpriced_estimate) as unpriced_estimate
    from mine group by 1, 2
  ), by_currency as (
    select broadcast_id, currency, sum(priced)::int as priced, sum(price) as price from mine group by 1, 2
  )
  select s.broadcast_id, json_object_agg(s.status, s.deliveries) as counts,
    (select json_agg(json_build_object('currency', c.currency, 'settled', c.price::text, 'pricedMessages', c.priced) order by c.currency)
      from by_currency c where c.broadcast_id = s.broadcast_id and c.priced > 0) as cost,
    coalesce(sum(s.deliveries - s.priced) filter (where s.status in (${chargedStatuses})), 0)::int as unpriced_messages,
    coalesce(sum(s.unpriced_estimate) filter (where s.status in (${chargedStatuses})), 0)::numeric(18, 6) as unpriced_estimate
  from by_status s group by s.broadcast_id`);
