import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { chargedStatuses } from '#server/domain/delivery/counts.ts';
import { usageInput, type UsageInput, type UsageStats } from '#server/domain/ledger/schema.ts';
import { invalidField } from '#server/errors.ts';

const DAY = 86_400_000;
const DEFAULT_DAYS = 30;
const LONGEST = 400;

/**
 * What was handed to Twilio, by UTC day, channel and currency, from the daily rollups; without a range the last 30 days. Messages that Twilio has not
 * priced yet stand in a row of their own with an empty currency, and a day without any message has one row of zeroes.
 * @throws Problem validation_failed for a range that ends before it begins or is longer than 400 days
 */
export async function usageStatistics(ctx: Context, input: UsageInput): Promise<UsageStats> {
  const { from, to } = rangeOf(usageInput.parse(input), ctx.now());
  const { days, totals, settled } = await ctx.transaction((tx) => readRange(tx, ctx.organizationId, from, to));
  return { from, to, days: days ?? [], totals: { ...totals, settled: settled ?? [] } };
}

/** The days asked for, or the last 30. @throws Problem validation_failed */
export function rangeOf(input: UsageInput, now: Date) {
  const to = input.to ?? dayOf(now);
  const from = input.from ?? dayOf(new Date(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY));
  if (from > to) throw invalidField('from', 'The first day is after the last. Exchange them.');
  if (Date.parse(to) - Date.parse(from) >= LONGEST * DAY) throw invalidField('from', `This is longer than ${LONGEST} days. Choose a shorter range.`);
  return { from, to };
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);

type Range = { days: UsageStats['days'] | null; totals: Omit<UsageStats['totals'], 'settled'>; settled: UsageStats['totals']['settled'] | null };

/** Days, totals and money of one statement, so that they add up. Money leaves Postgres as text: JSON numbers would round it. */
async function readRange(tx: Tx, organizationId: string, from: string, to: string): Promise<Range> {
  const [read] = await rows<Range>(tx, sql`
    with by_day as (
      select day, channel, currency, ${sums} from (
        select day, channel, currency, status, deliveries as shown, segments as shown_segments, deliveries, priced, price, unpriced_estimate
        from daily_rollup where organization_id = ${organizationId} and day between ${from} and ${to}
        union all ${testsTakenOff(organizationId, from, to)}
      ) counted group by 1, 2, 3
    ), complete as (
      select g.day::date as day, coalesce(channel, 'sms') as channel, coalesce(currency, '') as currency, coalesce(handed, 0) as handed, coalesce(delivered, 0) as delivered,
        coalesce(failed, 0) as failed, coalesce(segments, 0) as segments, coalesce(settled, 0) as settled, coalesce(unpriced, 0) as unpriced, coalesce(estimate, 0) as estimate
      from generate_series(${from}::date, ${to}::date, interval '1 day') g(day) left join by_day on by_day.day = g.day::date and (handed > 0 or priced > 0 or unpriced > 0)
    )
    select (
      select json_agg(json_build_object('day', day, 'channel', channel, 'handed', handed, 'delivered', delivered, 'failed', failed, 'segments', segments, 'currency', currency,
        'settled', settled::numeric(18, 6)::text, 'unpricedMessages', unpriced, 'unpricedEstimate', estimate::numeric(18, 6)::text) order by day, channel, currency) from complete
    ) as days, (
      select json_build_object('handed', coalesce(sum(handed), 0), 'delivered', coalesce(sum(delivered), 0), 'failed', coalesce(sum(failed), 0),
        'unpricedMessages', coalesce(sum(unpriced), 0), 'unpricedEstimate', coalesce(sum(estimate), 0)::numeric(18, 6)::text) from by_day
    ) as totals, (
      select json_agg(json_build_object('currency', currency, 'amount', amount::text) order by currency)
      from (select currency, sum(settled) as amount from by_day where currency <> '' group by 1 having sum(priced) > 0) c
    ) as settled`);
  if (!read) throw new Error('a select without a from clause gave no row');
  return read;
}

/** Test sends are no traffic of the organisation, so they are not counted; what they cost is spent all the same. */
const testsTakenOff = (organizationId: string, from: string, to: string) => sql`
  select (d.handed_at at time zone 'UTC')::date, b.channel, coalesce(d.price_unit, ''), d.status, -1, -coalesce(d.segments, 0)::bigint, 0, 0, 0::numeric, 0::numeric
  from broadcast b join broadcast_delivery d on d.organization_id = b.organization_id and d.broadcast_id = b.id
  where b.organization_id = ${organizationId} and b.purpose = 'test' and d.handed_at >= ${from}::date at time zone 'UTC' and d.handed_at < (${to}::date + 1) at time zone 'UTC'`;

const sums = sql`sum(shown)::int as handed, coalesce(sum(shown) filter (where status in ('delivered', 'read')), 0)::int as delivered,
  coalesce(sum(shown) filter (where status in ('failed', 'undelivered')), 0)::int as failed, sum(shown_segments)::bigint as segments, sum(priced)::int as priced, sum(price) as settled,
  coalesce(sum(deliveries - priced) filter (where status in (${chargedStatuses})), 0)::int as unpriced,
  coalesce(sum(unpriced_estimate) filter (where status in (${chargedStatuses})), 0) as estimate`;
