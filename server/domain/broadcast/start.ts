import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastApprovals, broadcasts } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readAudience } from '#server/domain/audience/resolve.ts';
import { writeDeliveries, type AudienceCounts } from '#server/domain/audience/waterfall.ts';
import { requireApproval } from '#server/domain/broadcast/approval.ts';
import { requireBudgetLeft } from '#server/domain/broadcast/budget.ts';
import { estimateCost } from '#server/domain/broadcast/estimate.ts';
import { requireCeiling } from '#server/domain/broadcast/ceiling.ts';
import { whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { ResolvedSender } from '#server/domain/sender/resolve.ts';
import { Problem } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';

/** From this many rows on the planner is told at once; autovacuum would tell it within minutes. */
const WORTH_ANALYZING = 1_000;

/**
 * Turns the audience into deliveries and wakes the dispatcher, in the caller's transaction: all of it or nothing. The audience is resolved now (D8).
 * With `holdSeconds` the first message leaves only after that; until then a cancel costs nothing.
 * @throws Problem no_recipients, validation_failed above the ceiling of recipients, budget_reached, approval_required
 */
export async function startBroadcast(tx: Tx, ctx: Context, broadcast: BroadcastRow, { sender, pace }: ResolvedSender, { holdSeconds = 0 } = {}): Promise<BroadcastRow> {
  const counts = await writeDeliveries(tx, ctx, await readAudience(tx, ctx, broadcast), channels[broadcast.channel].toAddress(''));
  const { recipients: total, written } = counts;
  if (total === 0) throw noRecipients(broadcast, counts);
  requireCeiling(broadcast.recipientCeiling, total);
  const estimate = await estimateCost(tx, ctx, broadcast);
  await requireBudgetLeft(tx, ctx, estimate.amount);
  const approvalId = await requireApproval(tx, ctx, broadcast, { recipients: total, amount: estimate.amount, currency: estimate.currency });
  if (approvalId) await tx.update(broadcastApprovals).set({ usedAt: ctx.now() }).where(and(eq(broadcastApprovals.organizationId, ctx.organizationId), eq(broadcastApprovals.id, approvalId)));
  const [started] = await tx.update(broadcasts).set({
    status: 'sending', statusReason: null, waitsFor: null, senderId: sender.id, paceId: pace.id, total, lastSeq: written, claimedSeq: 0,
    excluded: excludedOf(counts),
    holdUntil: holdSeconds > 0 ? sql`clock_timestamp() + make_interval(secs => ${holdSeconds})` : null,
    pauseAtSeq: broadcast.stageSize !== null && broadcast.stageSize < total ? broadcast.stageSize : null, brakeAfterSeq: 0,
    estimate: estimate.amount, currency: estimate.currency, startedAt: ctx.now(), updatedAt: ctx.now(), version: broadcast.version + 1,
  }).where(whereBroadcast(ctx, broadcast.id)).returning();
  // Without statistics Postgres takes the new rows for a handful and reads the whole table for every batch of answers: 1,800 ms instead of 4.
  if (written >= WORTH_ANALYZING) await tx.execute(sql`analyze broadcast_delivery (organization_id, broadcast_id, seq)`);
  await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId: pace.id });
  return started!;
}

/** Everybody who is not among the recipients, by why; with them the lines of the waterfall add up. */
function excludedOf({ duplicate, excluded, noPhone, optedOut, frequencyCap }: AudienceCounts) {
  return Object.fromEntries(Object.entries({ duplicate, excluded, noPhone, optedOut, frequencyCap }).filter(([, count]) => count > 0));
}

function noRecipients(broadcast: BroadcastRow, { people, optedOut, noPhone, excluded, frequencyCap }: AudienceCounts) {
  if (people === 0) return new Problem('no_recipients', nobodyChosen[broadcast.recipientMethod]);
  const why = [[optedOut, 'opted out'], [noPhone, 'have no phone number'], [excluded, 'are excluded'], [frequencyCap, 'got a message too recently']].filter(([count]) => count !== 0).map((each) => each.join(' '));
  return new Problem('no_recipients', `Nobody can receive this: of ${people} ${why.join(', ')}.`);
}

const nobodyChosen: Record<BroadcastRow['recipientMethod'], string> = {
  lists: 'The chosen lists are empty, or no list was chosen. Choose a list with people in it.', all: 'There are no contacts yet. Import or add some.',
  numbers: 'No number was chosen. Enter the numbers that shall get it.', filter: 'Nobody matches the filter, or none was chosen. Remove a condition, or choose another filter.',
};
