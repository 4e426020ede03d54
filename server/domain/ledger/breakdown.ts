import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { fromMicros, toMicros } from '#server/channels/decimal.ts';
import type { Context } from '#server/context.ts';
import { chargedStatuses, countsOf } from '#server/domain/delivery/counts.ts';
import { usageInput, type SpendBreakdown, type SpendGroup, type UsageInput } from '#server/domain/ledger/schema.ts';
import { rangeOf } from '#server/domain/ledger/stats.ts';

const MOST_BROADCASTS = 50;

/**
 * Where the money of a range of UTC days went, from the rollups: by country, sender and channel the charges of messages handed over in it, which add up
 * to the range's settled total; by broadcast those that began in it, the dearest first, at most 50; besides them answers
 * and tests, which cost too.
 * @throws Problem validation_failed for a range that ends before it begins or is longer than 400 days
 */
export async function spendBreakdown(ctx: Context, input: UsageInput): Promise<SpendBreakdown> {
  const { from, to } = rangeOf(usageInput.parse(input), ctx.now());
  return ctx.transaction(async (tx) => ({
    from, to,
    byCountry: await groupBy(tx, ctx, sql`country`, from, to), bySender: await groupBy(tx, ctx, sql`sender`, from, to), byChannel: await groupBy(tx, ctx, sql`channel::text`, from, to),
    byBroadcast: await byBroadcast(tx, ctx, from, to), besides: await besides(tx, ctx, from, to),
  }));
}

const groupBy = (tx: Tx, ctx: Context, column: SQL, from: string, to: string) => rows<SpendGroup>(tx, sql`
  select ${column} as key, sum(entries)::int as messages, sum(segments)::int as segments, currency, sum(amount)::text as amount from spend_rollup
  where organization_id = ${ctx.organizationId} and day between ${from} and ${to}
  group by 1, currency having sum(entries) <> 0 or sum(amount) <> 0 order by sum(amount) desc, 1`);

type BroadcastCost = { id: string; name: string; started_at: string };

async function byBroadcast(tx: Tx, ctx: Context, from: string, to: string): Promise<SpendBreakdown['byBroadcast']> {
  const dearest = await rows<BroadcastCost>(tx, sql`
    select b.id, b.name, b.started_at from broadcast b
    join lateral (select sum(r.price) + sum(r.unpriced_estimate) as cost from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id) spent on true
    where b.organization_id = ${ctx.organizationId} and b.started_at >= ${from}::date and b.started_at < ${to}::date + 1 and b.purpose = 'broadcast'
    order by spent.cost desc nulls last, b.id limit ${MOST_BROADCASTS}`);
  const counts = await countsOf(tx, ctx.organizationId, dearest.map(({ id }) => id));
  return dearest.map(({ id, name, started_at }) => {
    const { counts: by, cost, unpricedEstimate } = counts.get(id)!;
    const delivered = by.delivered + by.read;
    // A broadcast goes out from one account, and an account has one currency.
    const { currency, settled } = cost[0] ?? { currency: '', settled: '0.000000' };
    return {
      broadcastId: id, name, startedAt: new Date(started_at).toISOString(), handed: by.sending + by.sent + by.undelivered + delivered, delivered, currency, settled, unpricedEstimate,
      perDelivered: delivered > 0 ? fromMicros(toMicros(settled) / BigInt(delivered)) : null,
    };
  });
}

/** An account has one currency; it is empty while nothing is priced. */
const besides = (tx: Tx, ctx: Context, from: string, to: string) => rows<SpendBreakdown['besides'][number]>(tx, sql`
  select case b.purpose when 'test' then 'tests' else 'answers' end as kind, coalesce(sum(r.deliveries) filter (where r.status in (${chargedStatuses})), 0)::int as handed,
    coalesce(sum(r.deliveries) filter (where r.status in ('delivered', 'read')), 0)::int as delivered, max(r.currency) as currency, sum(r.price)::numeric(18, 6)::text as settled,
    coalesce(sum(r.unpriced_estimate) filter (where r.status in (${chargedStatuses})), 0)::numeric(18, 6)::text as "unpricedEstimate"
  from broadcast b join broadcast_rollup r on r.organization_id = b.organization_id and r.broadcast_id = b.id
  where b.organization_id = ${ctx.organizationId} and b.purpose in ('test', 'reply', 'help') and b.started_at >= ${from}::date and b.started_at < ${to}::date + 1
  group by 1 having sum(r.deliveries) filter (where r.status in (${chargedStatuses})) > 0 or sum(r.price) <> 0 order by 1`);
