import { announce } from '#server/domain/device/announce.ts';
import { CLAIM, claimPushes, MOST_TRIES, type Claim } from '#server/domain/device/claim-pushes.ts';
import { contentOf } from '#server/domain/device/push-content.ts';
import { push, type PushOutcome } from '#server/domain/device/push-service.ts';
import { readEvent, type EventFacts } from '#server/domain/device/read-event.ts';
import { recordPush } from '#server/domain/device/record-push.ts';
import { subscriptionOf } from '#server/domain/device/row.ts';
import type { DeviceEventKind } from '#server/domain/device/schema.ts';
import type { Context } from '#server/context.ts';
import type { Post } from '#server/domain/outbound/post.ts';
import { faultOf, log } from '#server/log.ts';
import { enqueue } from '#server/queue.ts';

/** P77: tells devices that somebody wrote, once per message and device. A device that fails troubles neither the webhook, which is long answered, nor the others. */
export const pushMessage = (ctx: Context, { messageId }: { messageId: string }, post?: Post): Promise<void> => pushEvent(ctx, 'message', messageId, post);

/** Tells devices what a keyword rule calls for; the message is the one that the rule acted on. */
export const pushNotice = (ctx: Context, { messageId }: { messageId: string }, post?: Post): Promise<void> => pushEvent(ctx, 'notice', messageId, post);

async function pushEvent(ctx: Context, kind: DeviceEventKind, messageId: string, post?: Post): Promise<void> {
  const due = await ctx.transaction(async (tx) => {
    const seq = await announce(tx, ctx, kind, messageId);
    const event = seq === null ? null : await readEvent(tx, ctx, seq);
    return event && { event, ...(await claimPushes(tx, ctx, event)) };
  });
  if (!due) return;
  const waits = await Promise.all(due.claims.map((claim) => pushOne(ctx, due.event, claim, post)));
  const seconds = [...waits.filter((wait) => wait !== null), ...(due.isHeld ? [CLAIM] : [])];
  if (seconds.length > 0) await comeBack(ctx, kind, messageId, Math.min(...seconds));
}

/** Seconds after which it is worth another try, or null. Never throws: what cannot be recorded is tried again when its claim ends. */
async function pushOne(ctx: Context, event: EventFacts, claim: Claim, post?: Post): Promise<number | null> {
  try {
    const subscription = subscriptionOf(claim);
    const outcome: PushOutcome = subscription ? await push(subscription, contentOf(event, claim), post) : { kind: 'refused', error: 'The stored keys do not open. Turn notifications off and on again in that browser.' };
    await recordPush(ctx, event.seq, claim, outcome);
    return outcome.kind === 'later' && claim.tries < MOST_TRIES ? waitOf(claim.tries, outcome.after) : null;
  } catch (error) {
    log.warn({ deviceId: claim.deviceId, ...faultOf(error) }, 'a push could not be recorded');
    return null;
  }
}

/** 30 s, 2 min, 8 min, 32 min; longer when the push service says so, but within the hour. */
const waitOf = (tries: number, after: number | null) => Math.min(Math.max(30 * 4 ** (tries - 1), after ?? 0), 3_600);

async function comeBack(ctx: Context, kind: DeviceEventKind, messageId: string, seconds: number) {
  const runAt = new Date(ctx.now().getTime() + seconds * 1_000);
  const { organizationId } = ctx;
  await ctx.transaction((tx) => (kind === 'message' ? enqueue(tx, 'push-message', { organizationId, messageId }, { runAt }) : enqueue(tx, 'push-notice', { organizationId, runId: messageId }, { runAt })));
}
