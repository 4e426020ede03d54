import type { Context } from '#server/context.ts';
import { brakeBroadcasts } from '#server/domain/broadcast/brake.ts';
import { endAnswers } from '#server/domain/broadcast/end-answers.ts';
import { finishBroadcasts } from '#server/domain/broadcast/finish.ts';
import { pauseStages } from '#server/domain/broadcast/stage.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { faultOf, log } from '#server/log.ts';

const EVERY = 1_000; // ms

/** What is looked after beside the sending: broadcasts that are through, that pause for a look, answers that were held, and those that must be stopped. */
export async function tendBroadcasts(ctx: Context, paceId: string, policy: ResolvePolicy): Promise<void> {
  await ctx.transaction(async (tx) => {
    await pauseStages(tx, ctx, paceId);
    await brakeBroadcasts(tx, ctx, paceId);
  });
  await endAnswers(ctx, paceId);
  await finishBroadcasts(ctx, paceId, policy);
}

/** Tends once a second at most, and never holds up the sending: `look` returns at once, `ends` waits and tends for the last time. */
export function tender(ctx: Context, paceId: string, policy: ResolvePolicy) {
  let running: Promise<void> | null = null;
  let last = performance.now();
  return {
    look() {
      if (running || performance.now() - last < EVERY) return;
      last = performance.now();
      running = tendBroadcasts(ctx, paceId, policy).catch((error: unknown) => log.warn({ paceId, ...faultOf(error) }, 'broadcasts were not tended; it is done again')).finally(() => { running = null; });
    },
    async ends() {
      await running;
      await tendBroadcasts(ctx, paceId, policy);
    },
  };
}
