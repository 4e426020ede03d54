import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { requireApproval } from '#server/domain/broadcast/approval.ts';
import { recallAnswer, rememberAnswer } from '#server/domain/broadcast/idempotency.ts';
import { requireReady } from '#server/domain/broadcast/ready.ts';
import { lockBroadcast, requireStatus, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { SendBroadcastInput, SendView } from '#server/domain/broadcast/schema.ts';
import { sendSize } from '#server/domain/broadcast/send-size.ts';
import { startBroadcast } from '#server/domain/broadcast/start.ts';
import { invalidField } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';

const FURTHEST = 366 * 86_400_000; // ms

/**
 * P14, P25: the one way to send, for every channel. In one transaction: state, agreement (402), Twilio, sender, content, recipients; then the
 * deliveries exist and the dispatcher is woken. A refusal leaves a draft and no delivery (P28). The same idempotencyKey gives the same answer (D8).
 */
export async function sendBroadcast(ctx: Context, input: SendBroadcastInput): Promise<SendView> {
  requireRole(ctx, 'marketer');
  const request = `send:${input.id}:${input.scheduledAt ?? 'now'}`;
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, input.id);
    const answered = await recallAnswer<SendView>(tx, ctx, input.idempotencyKey, request);
    if (answered) return answered;
    requireStatus(broadcast, input.scheduledAt ? ['draft'] : ['draft', 'scheduled'], 'sending it');
    const sender = await requireReady(tx, ctx, broadcast);
    const sent = input.scheduledAt ? await schedule(tx, ctx, broadcast, input.scheduledAt) : await startBroadcast(tx, ctx, broadcast, sender, { holdSeconds: input.holdSeconds });
    const answer: SendView = { broadcastId: sent.id, status: sent.status, total: sent.total, excluded: sent.excluded };
    await rememberAnswer(tx, ctx, input.idempotencyKey, request, answer);
    return answer;
  });
}

async function schedule(tx: Tx, ctx: Context, broadcast: BroadcastRow, at: string) {
  const scheduledAt = new Date(at);
  if (scheduledAt <= ctx.now()) throw invalidField('scheduledAt', 'This time is in the past. Choose a later one, or send now.', 'in_the_past');
  if (scheduledAt.getTime() - ctx.now().getTime() > FURTHEST) throw invalidField('scheduledAt', 'This is more than a year ahead. Choose an earlier time.', 'too_far');
  await requireApproval(tx, ctx, broadcast, await sendSize(tx, ctx, broadcast));
  const [scheduled] = await tx.update(broadcasts).set({ status: 'scheduled', scheduledAt, updatedAt: ctx.now(), version: broadcast.version + 1 }).where(whereBroadcast(ctx, broadcast.id)).returning();
  await enqueue(tx, 'start-broadcast', { organizationId: ctx.organizationId, broadcastId: broadcast.id }, { runAt: scheduledAt });
  return scheduled!;
}
