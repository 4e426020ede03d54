import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { recallAnswer, rememberAnswer } from '#server/domain/broadcast/idempotency.ts';
import { requireReady } from '#server/domain/broadcast/ready.ts';
import { lockBroadcast, requireStatus, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import { isForLater, noSchedule, scheduleBroadcast } from '#server/domain/broadcast/schedule.ts';
import type { SendBroadcastInput, SendView } from '#server/domain/broadcast/schema.ts';
import { startBroadcast } from '#server/domain/broadcast/start.ts';

/**
 * P14, P25: the one way to send, for every channel. In one transaction: state, agreement (402), Twilio, sender, content, recipients; then the
 * deliveries exist and the dispatcher is woken. A refusal leaves a draft and no delivery (P28). The same idempotencyKey gives the same answer (D8).
 */
export async function sendBroadcast(ctx: Context, input: SendBroadcastInput): Promise<SendView> {
  requireRole(ctx, 'marketer');
  const isLater = isForLater(input);
  const request = `send:${input.id}:${[input.scheduledAt, input.localSendAt, input.timeZone, input.fixAudience ? 'fixed' : undefined].filter(Boolean).join(' ') || 'now'}`;
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, input.id);
    const answered = await recallAnswer<SendView>(tx, ctx, input.idempotencyKey, request);
    if (answered) return answered;
    requireStatus(broadcast, ['draft', 'scheduled'], 'sending it');
    const sender = await requireReady(tx, ctx, broadcast);
    const sent = isLater ? await scheduleBroadcast(tx, ctx, broadcast, input) : await startBroadcast(tx, ctx, await unscheduled(tx, ctx, broadcast), sender, { holdSeconds: input.holdSeconds });
    const answer: SendView = { broadcastId: sent.id, status: sent.status, total: sent.total, excluded: sent.excluded };
    await rememberAnswer(tx, ctx, input.idempotencyKey, request, answer);
    return answer;
  });
}

/** Somebody does not wait for the booked time: it leaves now, to all of them. */
async function unscheduled(tx: Tx, ctx: Context, broadcast: BroadcastRow): Promise<BroadcastRow> {
  if (broadcast.status !== 'scheduled') return broadcast;
  const [row] = await tx.update(broadcasts).set(noSchedule).where(whereBroadcast(ctx, broadcast.id)).returning();
  return row!;
}
