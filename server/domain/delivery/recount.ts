import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastInput, CountsByStatus } from '#server/domain/broadcast/schema.ts';
import { chargedStatuses, noCounts, type Cost, type Counts } from '#server/domain/delivery/counts.ts';

/**
 * The counts and the cost of one broadcast by reading every delivery of it: the truth that the rollups must equal. It takes about a quarter of a second
 * per million deliveries, so it is for checks and not for pages.
 */
export function recountBroadcast(ctx: Context, { id }: BroadcastInput): Promise<Counts> {
  return ctx.transaction(async (tx) => {
    const [sums] = await rows<RecountRow>(tx, sql`
      with mine as (
        select status, price, price_unit, estimate, handed_at from broadcast_delivery where organization_id = ${ctx.organizationId} and broadcast_id = ${id}
      )
      select
        (select json_object_agg(status, n) from (select status, count(*)::int as n from mine group by 1) s) as counts,
        (select json_agg(json_build_object('currency', currency, 'settled', settled::text, 'pricedMessages', n) order by currency)
          from (select coalesce(price_unit, '') as currency, sum(price) as settled, count(*)::int as n from mine where price is not null group by 1) c) as cost,
        (select count(*)::int from mine where price is null and status in (${chargedStatuses})) as unpriced_messages,
        (select coalesce(sum(estimate), 0)::numeric(18, 6) from mine where price is null and handed_at is not null and status in (${chargedStatuses})) as unpriced_estimate`);
    const none = noCounts();
    return {
      counts: { ...none.counts, ...sums?.counts }, cost: sums?.cost ?? [],
      unpricedMessages: sums?.unpriced_messages ?? 0, unpricedEstimate: sums?.unpriced_estimate ?? none.unpricedEstimate,
    };
  });
}

type RecountRow = { counts: Partial<CountsByStatus> | null; cost: Cost[] | null; unpriced_messages: number; unpriced_estimate: string };
