import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import { Problem } from '#server/errors.ts';

/** Thrown inside the intent transaction to undo the slice; the broadcasts are paused in a transaction of their own. */
export class BudgetReached extends Error {
  readonly broadcastIds: string[];
  constructor(broadcastIds: string[]) { super('The monthly budget is reached.'); this.broadcastIds = broadcastIds; }
}

/**
 * What is spent this month, what is on its way and this slice must fit under the organisation's ceiling.
 * @throws BudgetReached so that no intent of the slice remains
 */
export async function requireBudget(tx: Tx, ctx: Context, broadcasts: Array<{ id: string }>, slice: Intent[]): Promise<void> {
  const [budget] = await rows<{ fits: boolean }>(tx, sql`
    select coalesce((select sum(price + unpriced_estimate) from daily_rollup
        where organization_id = o.id and day >= date_trunc('month', now() at time zone 'UTC')::date), 0)
      + (select coalesce(sum(s.estimate), 0) from json_to_recordset(${JSON.stringify(slice.map(({ estimate }) => ({ estimate })))}::json) as s(estimate numeric))
      <= o.monthly_budget as fits
    from organization o where o.id = ${ctx.organizationId} and o.monthly_budget is not null`);
  if (budget && !budget.fits) throw new BudgetReached(broadcasts.map(({ id }) => id));
}

/** Holds the broadcasts with the reason. One that is resumed too early is held again by its first slice. */
export async function pauseForBudget(ctx: Context, broadcastIds: string[]): Promise<void> {
  await ctx.transaction((tx) => tx.execute(sql`
    update broadcast set status = 'paused', status_reason = 'The monthly budget is reached. Raise it in Settings → Organisation, then resume.', updated_at = now()
    where organization_id = ${ctx.organizationId} and status = 'sending' and id in (select value::uuid from json_array_elements_text(${JSON.stringify(broadcastIds)}::json))`));
}

/** The month's ceiling of the organisation: what is spent, what is reserved for broadcasts under way, and this one. @throws Problem budget_reached */
export async function requireBudgetLeft(tx: Tx, ctx: Context, estimate: string) {
  const [budget] = await rows<{ ceiling: string; left: string; fits: boolean }>(tx, sql`
    with spent as (
      select coalesce(sum(price + unpriced_estimate), 0) as amount from daily_rollup
      where organization_id = ${ctx.organizationId} and day >= date_trunc('month', now() at time zone 'UTC')::date
    ), reserved as (
      select coalesce(sum(estimate * (total - claimed_seq) / greatest(total, 1)), 0) as amount from broadcast
      where organization_id = ${ctx.organizationId} and status in ('sending', 'paused')
    )
    select o.monthly_budget::numeric(18, 2) as ceiling, greatest(0, o.monthly_budget - spent.amount - reserved.amount)::numeric(18, 2) as left,
      spent.amount + reserved.amount + ${estimate}::numeric <= o.monthly_budget as fits
    from organization o, spent, reserved where o.id = ${ctx.organizationId} and o.monthly_budget is not null`);
  if (!budget || budget.fits) return;
  throw new Problem('budget_reached', `This would cost about ${Number(estimate).toFixed(2)} USD, but only ${budget.left} of this month's limit of ${budget.ceiling} are left. An owner or admin can raise it in Settings → Organisation, or send to fewer people.`);
}
