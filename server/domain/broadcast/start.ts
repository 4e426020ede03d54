import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { countAudience, writeDeliveries } from '#server/domain/audience/resolve.ts';
import { estimateCost } from '#server/domain/broadcast/estimate.ts';
import { whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { ResolvedSender } from '#server/domain/sender/resolve.ts';
import { Problem } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';

/** From this many rows on the planner is told at once; autovacuum would tell it within minutes. */
const WORTH_ANALYZING = 1_000;

/**
 * Turns the audience into deliveries and wakes the dispatcher, in the caller's transaction: all of it or nothing. The audience is resolved now (D8).
 * @throws Problem no_recipients, budget_reached
 */
export async function startBroadcast(tx: Tx, ctx: Context, broadcast: BroadcastRow, { sender, pace }: ResolvedSender): Promise<BroadcastRow> {
  const audience = { broadcastId: broadcast.id, recipientMethod: broadcast.recipientMethod };
  const { noPhone, optedOut, people } = await countAudience(tx, ctx, audience);
  const { total, written } = await writeDeliveries(tx, ctx, audience, channels[broadcast.channel].toAddress(''));
  if (total === 0) throw noRecipients(broadcast, people, optedOut);
  const estimate = await estimateCost(tx, ctx, broadcast);
  await requireBudget(tx, ctx, estimate.amount);
  const [started] = await tx.update(broadcasts).set({
    status: 'sending', statusReason: null, senderId: sender.id, paceId: pace.id, total, lastSeq: written, claimedSeq: 0,
    excluded: Object.fromEntries(Object.entries({ optedOut, noPhone }).filter(([, count]) => count > 0)),
    estimate: estimate.amount, currency: estimate.currency, startedAt: ctx.now(), updatedAt: ctx.now(), version: broadcast.version + 1,
  }).where(whereBroadcast(ctx, broadcast.id)).returning();
  // Without statistics Postgres takes the new rows for a handful and reads the whole table for every batch of answers: 1,800 ms instead of 4.
  if (written >= WORTH_ANALYZING) await tx.execute(sql`analyze broadcast_delivery (organization_id, broadcast_id, seq)`);
  await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: pace.id });
  return started!;
}

function noRecipients(broadcast: BroadcastRow, people: number, optedOut: number) {
  if (people === 0 && broadcast.recipientMethod === 'lists') return new Problem('no_recipients', 'The chosen lists are empty, or no list was chosen. Choose a list with people in it.');
  return new Problem('no_recipients', optedOut > 0
    ? `Nobody can receive this: ${optedOut} of ${people} opted out and the others have no phone number.`
    : 'Nobody can receive this: no contact has a phone number.');
}

/** The month's ceiling of the organisation: what is spent, what is reserved for broadcasts under way, and this one. @throws Problem budget_reached */
async function requireBudget(tx: Tx, ctx: Context, estimate: string) {
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
  throw new Problem('budget_reached', `This would cost about ${Number(estimate).toFixed(2)} USD, but only ${budget.left} of this month's limit of ${budget.ceiling} are left. An owner can raise it in Settings → Organisation, or send to fewer people.`);
}
