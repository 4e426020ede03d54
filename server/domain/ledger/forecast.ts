import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { PRICE_CURRENCY } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { chargedStatuses } from '#server/domain/delivery/counts.ts';
import type { SpendForecast } from '#server/domain/ledger/schema.ts';

/**
 * What the running UTC month will have cost: what is charged, what is expected for messages without a price, what broadcasts under way or scheduled
 * within the month have reserved, and for each day to come the mean of the last seven. A forecast, not a promise: it knows no plans.
 */
export async function forecastSpend(ctx: Context): Promise<SpendForecast> {
  const today = ctx.now().toISOString().slice(0, 10);
  const [found] = await ctx.transaction((tx) => rows<Omit<SpendForecast, 'month' | 'currency'> & { currency: string | null }>(tx, sql`
    with month as (
      select date_trunc('month', ${today}::date)::date as first, (date_trunc('month', ${today}::date) + interval '1 month')::date as next
    ), spent as (
      select coalesce(sum(price), 0) as settled, coalesce(sum(unpriced_estimate) filter (where status in (${chargedStatuses})), 0) as unpriced
      from daily_rollup, month where organization_id = ${ctx.organizationId} and day >= month.first and day < month.next
    ), week as (
      select coalesce(sum(price) + sum(unpriced_estimate) filter (where status in (${chargedStatuses})), 0) / 7 as per_day
      from daily_rollup where organization_id = ${ctx.organizationId} and day between ${today}::date - 7 and ${today}::date - 1
    ), reserved as (
      select coalesce(sum(case when status = 'scheduled' then estimate else estimate * (total - claimed_seq) / greatest(total, 1) end), 0) as amount
      from broadcast, month where organization_id = ${ctx.organizationId} and (status in ('sending', 'paused') or status = 'scheduled' and scheduled_at < month.next)
    ), currency as (
      select currency from daily_rollup, month where organization_id = ${ctx.organizationId} and currency <> '' and day >= month.first group by 1 order by sum(price) desc limit 1
    )
    select (select currency from currency), s.settled::numeric(18, 6)::text as settled, s.unpriced::numeric(18, 6)::text as unpriced, r.amount::numeric(18, 6)::text as reserved,
      w.per_day::numeric(18, 6)::text as "perDay", (m.next - ${today}::date - 1) as "daysLeft",
      (s.settled + s.unpriced + r.amount + w.per_day * (m.next - ${today}::date - 1))::numeric(18, 6)::text as total, o.monthly_budget::numeric(18, 2)::text as budget
    from month m, spent s, week w, reserved r, organization o where o.id = ${ctx.organizationId}`));
  if (!found) throw new Error('the organisation of the context does not exist');
  return { ...found, currency: found.currency ?? PRICE_CURRENCY, month: today.slice(0, 7) };
}
