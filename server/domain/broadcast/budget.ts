import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { chargedStatuses } from '#server/domain/delivery/counts.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import { Problem } from '#server/errors.ts';

/** Thrown inside the intent transaction to undo the slice; the broadcasts are paused in a transaction of their own. */
export class BudgetReached extends Error {
  readonly broadcastIds: string[];
  readonly reason: string;
  /** Messages of the slice that did not fit. */
  readonly size: number;
  constructor(broadcastIds: string[], reason: string, size: number) { super(reason); [this.broadcastIds, this.reason, this.size] = [broadcastIds, reason, size]; }
}

/** Twilio may charge for them, and no rollup has them yet. Those of the slice that is being made are among them. */
const underWay = sql`state in ('intent', 'uncertain')`;

/**
 * What is spent, what is on its way and this slice, whose attempts stand already, must fit under the budget of each broadcast and under the month's
 * ceiling of the organisation.
 * @throws BudgetReached so that no intent of the slice remains
 */
export async function requireBudget(tx: Tx, ctx: Context, broadcasts: Array<{ id: string; budget: string | null }>, slice: Intent[]): Promise<void> {
  if (slice.length === 0) return;
  const own = broadcasts.filter(({ budget }) => budget !== null).map(({ id }) => id);
  if (own.length > 0) await requireOwnBudgets(tx, ctx, own, slice.length);
  const [budget] = await rows<{ fits: boolean; ceiling: string }>(tx, sql`
    select coalesce((select ${spentOf} from daily_rollup where organization_id = o.id and day >= date_trunc('month', now() at time zone 'UTC')::date), 0)
      + coalesce((select sum(estimate) from attempt where organization_id = o.id and ${underWay}), 0) <= o.monthly_budget as fits, o.monthly_budget::numeric(18, 2) as ceiling
    from organization o where o.id = ${ctx.organizationId} and o.monthly_budget is not null`);
  if (!budget || budget.fits) return;
  throw new BudgetReached(broadcasts.map(({ id }) => id), `The monthly budget of ${budget.ceiling} is reached. An owner or admin can raise it in Settings → Organisation; then resume.`, slice.length);
}

async function requireOwnBudgets(tx: Tx, ctx: Context, ids: string[], size: number) {
  const reached = await rows<{ id: string; budget: string }>(tx, sql`
    select b.id, b.budget::numeric(18, 2) as budget from broadcast b
    where b.organization_id = ${ctx.organizationId} and b.id in (select value::uuid from json_array_elements_text(${JSON.stringify(ids)}::json))
      and coalesce((select ${spentOf} from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id), 0)
        + coalesce((select sum(estimate) from attempt a where a.organization_id = b.organization_id and a.pace_id = b.pace_id and a.broadcast_id = b.id and ${underWay}), 0) > b.budget`);
  if (reached[0]) throw new BudgetReached(reached.map(({ id }) => id), `The budget of this broadcast, ${reached[0].budget}, is reached. Raise it on its page, then resume.`, size);
}

/** Charged, or expected to be, of rollup rows. */
export const spentOf = sql`sum(price) + coalesce(sum(unpriced_estimate) filter (where status in (${chargedStatuses})), 0)`;

/** Holds the broadcasts with the reason. One that is resumed too early is held again by its first slice. */
export async function pauseForBudget(ctx: Context, { broadcastIds, reason }: BudgetReached): Promise<void> {
  await ctx.transaction((tx) => tx.execute(sql`
    update broadcast set status = 'paused', status_reason = ${reason}, updated_at = now()
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
