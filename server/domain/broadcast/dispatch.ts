import type { Context } from '#server/context.ts';
import { BudgetReached, pauseForBudget } from '#server/domain/broadcast/budget.ts';
import { claimSlice, type Slice } from '#server/domain/broadcast/claim.ts';
import { finishBroadcasts } from '#server/domain/broadcast/finish.ts';
import { answerRecorder } from '#server/domain/delivery/answer-recorder.ts';
import { handOver } from '#server/domain/delivery/hand-over.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { twilioClient } from '#server/twilio/client.ts';

/** Messages claimed and not yet answered, per dispatcher. */
const OUTSTANDING = 500;
/** A slot missed by more than this is given up when the cap is nearly used, in ms: sent late, it could overfill somebody's second. */
const LATE = 9;

export type DispatchInput = { paceId: string; workerId: string; signal: AbortSignal };

/**
 * P32: hands the messages of one sender to Twilio at its pace until nothing is left or the worker stops. Several workers may do so at once: slots
 * come from one row. Claiming goes on while earlier messages are on their way.
 */
export async function dispatchSender(ctx: Context, { paceId, workerId, signal }: DispatchInput): Promise<void> {
  const credentials = await ctx.transaction((tx) => openCredentials(tx, ctx.organizationId));
  const client = twilioClient(credentials);
  const recorder = answerRecorder(ctx, paceId);
  const outstanding = new Set<Promise<void>>();
  const clock = new DatabaseClock();
  let averageSegments = 4; // careful until the first slice has told
  while (!signal.aborted) {
    const slice = await claim(ctx, { paceId, workerId, accountSid: credentials.accountSid, messagingServiceSid: credentials.messagingServiceSid ?? '', capacity: OUTSTANDING - outstanding.size, averageSegments });
    clock.learn(slice.clock);
    if (slice.messages.length > 0) averageSegments = average(slice.messages);
    else if (slice.wait !== null) await pause(Math.min(slice.wait, 1_000), signal);
    else if (outstanding.size > 0) await Promise.race(outstanding);
    else break;
    for (const message of slice.messages) {
      await clock.until(message.slot);
      const isLate = !slice.hasSlack && clock.now() > message.slot + LATE;
      const sent = handOver(client, message, { isLate, organizationId: ctx.organizationId }).then((outcome) => recorder.add(message, outcome)).finally(() => outstanding.delete(sent));
      outstanding.add(sent);
    }
  }
  await Promise.all(outstanding);
  await recorder.drain();
  await finishBroadcasts(ctx, paceId);
}

async function claim(ctx: Context, input: Parameters<typeof claimSlice>[1]): Promise<Slice> {
  try { return await claimSlice(ctx, input); } catch (error) {
    if (!(error instanceof BudgetReached)) throw error;
    await pauseForBudget(ctx, error.broadcastIds);
    return { messages: [], wait: 0, clock: { offset: 0, uncertainty: Infinity }, hasSlack: true };
  }
}

const average = (messages: Intent[]) => messages.reduce((sum, { segments }) => sum + segments, 0) / messages.length;

function pause(milliseconds: number, signal: AbortSignal) {
  return new Promise<void>((resolve) => {
    const done = () => { clearTimeout(timer); signal.removeEventListener('abort', done); resolve(); };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}

/** The database's clock as this process knows it: the offset of the fastest round trip of the last half minute. */
class DatabaseClock {
  #offset = 0;
  #uncertainty = Infinity;
  #learnedAt = -Infinity;

  learn({ offset, uncertainty }: Slice['clock']) {
    const isStale = performance.now() - this.#learnedAt > 30_000;
    if (uncertainty > this.#uncertainty && !isStale) return;
    if (uncertainty === Infinity) return;
    [this.#offset, this.#uncertainty, this.#learnedAt] = [offset, uncertainty, performance.now()];
  }

  now() { return performance.now() + this.#offset; }

  /** Resolves at `moment`; at once when it has passed. */
  async until(moment: number) {
    const wait = moment - this.now();
    if (wait > 0.5) await new Promise((resolve) => { setTimeout(resolve, wait); });
  }
}
