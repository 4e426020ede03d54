import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { PRICE_CURRENCY } from '#server/channels/sms/price.ts';
import type { Context } from '#server/context.ts';
import { spentOf } from '#server/domain/broadcast/budget.ts';
import type { BudgetState, BudgetStateInput, BudgetView } from '#server/domain/budget/schema.ts';

/**
 * How much of the month's ceiling (UTC month) and of the broadcasts' own is used: of one broadcast, or of all that are on their way or wait. What is
 * expected for messages that Twilio has not priced counts as spent.
 */
export async function budgetState(ctx: Context, { id }: BudgetStateInput): Promise<BudgetState> {
  return ctx.transaction(async (tx) => {
    const [month] = await rows<Amounts>(tx, sql`
      select o.monthly_budget::numeric(18, 2) as limit, coalesce((select ${spentOf} from daily_rollup where organization_id = o.id and day >= date_trunc('month', now() at time zone 'UTC')::date), 0)::numeric(18, 6) as spent
      from organization o where o.id = ${ctx.organizationId} and o.monthly_budget is not null`);
    const broadcasts = await rows<Amounts & { id: string; name: string }>(tx, sql`
      select b.id, b.name, b.budget::numeric(18, 2) as limit, coalesce((select ${spentOf} from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id), 0)::numeric(18, 6) as spent
      from broadcast b where b.organization_id = ${ctx.organizationId} and b.budget is not null and ${id ? sql`b.id = ${id}` : sql`b.status in ('sending', 'paused') and b.purpose = 'broadcast'`}
      order by b.created_at desc limit 100`);
    return { month: month ? viewOf(month) : null, broadcasts: broadcasts.map(({ id: broadcastId, name, ...amounts }) => ({ id: broadcastId, name, ...viewOf(amounts) })) };
  });
}

type Amounts = { limit: string; spent: string };

function viewOf({ limit, spent }: Amounts): BudgetView {
  const share = Number(limit) > 0 ? Number(spent) / Number(limit) : 1;
  return { limit, spent, currency: PRICE_CURRENCY, percent: Math.floor(share * 100), level: share >= 1 ? 'reached' : share >= 0.8 ? 'high' : share >= 0.5 ? 'half' : 'low' };
}
