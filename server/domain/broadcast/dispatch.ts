import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts, senders } from '#db/schema/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { BudgetReached, pauseForBudget } from '#server/domain/broadcast/budget.ts';
import { claimSlice, type Slice } from '#server/domain/broadcast/claim.ts';
import { DatabaseClock } from '#server/domain/broadcast/database-clock.ts';
import { endAnswers } from '#server/domain/broadcast/end-answers.ts';
import { tender } from '#server/domain/broadcast/tend.ts';
import { answerRecorder } from '#server/domain/delivery/answer-recorder.ts';
import { handOver } from '#server/domain/delivery/hand-over.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import { resolvePolicy, type ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { pause } from '#server/domain/pause.ts';
import { openCredentials } from '#server/domain/twilio-account/credentials.ts';
import { Problem } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';
import { IN_FLIGHT, twilioClient, type TwilioClient } from '#server/twilio/client.ts';

/** Messages claimed and not yet answered on record, per dispatcher. */
const OUTSTANDING = 1_000;
/** The smallest slice worth a transaction while many are outstanding. */
const WORTH_CLAIMING = 250;
/** A slot missed by more than this is given up when the cap is nearly used, in ms: sent late, it could overfill somebody's second. */
const LATE = 9;
/** Nothing to do for longer than this, in ms: the dispatcher leaves, and a job at the right moment brings it back. */
const LONG_WAIT = 10_000;

export type DispatchInput = { paceId: string; workerId: string; signal: AbortSignal; policy?: ResolvePolicy | undefined };

/**
 * P32: hands the messages of one sender to Twilio at its pace until nothing is left or the worker stops. Several workers may do so at once: slots
 * come from one row. Claiming goes on while earlier messages are on their way.
 */
export async function dispatchSender(ctx: Context, { paceId, workerId, signal, policy = resolvePolicy }: DispatchInput): Promise<void> {
  const credentials = await credentialsOrPause(ctx, paceId);
  if (!credentials) return;
  const { accountSid, messagingServiceSid, ...keys } = credentials;
  const outflow = new Outflow(ctx, twilioClient({ accountSid, ...keys }), answerRecorder(ctx, paceId, policy));
  const route = { paceId, workerId, accountSid, messagingServiceSid, lease: policy.lease };
  const tending = tender(ctx, paceId, policy);
  let averageSegments = 4; // careful until the first slice has told
  let headStart = 20;
  try {
    while (!signal.aborted) {
      tending.look();
      if (OUTSTANDING - outflow.size < WORTH_CLAIMING) { await outflow.shrinks(); continue; }
      const begun = performance.now();
      const slice = await claim(ctx, { ...route, capacity: OUTSTANDING - outflow.size, averageSegments, headStart, lateness: outflow.takeLateness() });
      outflow.clock.learn(slice.clock);
      if (slice.messages.length > 0) {
        averageSegments = average(slice.messages);
        headStart = Math.min(100, 0.8 * headStart + 0.4 * (performance.now() - begun)); // settles at twice the usual time
        outflow.send(slice);
      } else if (slice.wait !== null && slice.wait > LONG_WAIT && outflow.size === 0) { await comeBack(ctx, paceId, slice.wait); break; }
      else if (slice.wait !== null) await pause(Math.min(slice.wait, 1_000), signal);
      else if (outflow.size > 0) await outflow.shrinks();
      else break;
    }
  } finally {
    await outflow.ends();
  }
  await tending.ends();
}

/** The wake-up for what waits: a hold, a retry, quiet hours. The sweep would find it too, some seconds late. */
async function comeBack(ctx: Context, paceId: string, wait: number) {
  await ctx.transaction((tx) => enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId }, { key: `dispatch-sender:${paceId}:later`, runAt: new Date(ctx.now().getTime() + wait) }));
}

/** Without keys or messaging service (P18) nothing can be sent: the broadcasts of the pace are held with the reason. */
async function credentialsOrPause(ctx: Context, paceId: string) {
  try {
    const { isServiceNeeded, ...credentials } = await ctx.transaction(async (tx) => ({ ...(await openCredentials(tx, ctx.organizationId)), isServiceNeeded: await usesService(tx, ctx, paceId) }));
    if (credentials.messagingServiceSid || !isServiceNeeded) return credentials;
    throw new Problem('twilio_not_configured', 'No Messaging Service is set. Add it in Settings → Twilio, then resume.');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await ctx.transaction((tx) => tx.update(broadcasts).set({ status: 'paused', statusReason: error.message, updatedAt: ctx.now() })
      .where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.paceId, paceId), eq(broadcasts.status, 'sending'))));
    await endAnswers(ctx, paceId);
    return null;
  }
}

/** By the channel of the senders that share the pace. */
async function usesService(tx: Tx, ctx: Context, paceId: string): Promise<boolean> {
  const [sender] = await tx.select({ channel: senders.channel }).from(senders).where(and(eq(senders.organizationId, ctx.organizationId), eq(senders.paceId, paceId))).limit(1);
  return !sender || channels[sender.channel].usesService;
}

async function claim(ctx: Context, input: Parameters<typeof claimSlice>[1]): Promise<Slice> {
  try { return await claimSlice(ctx, input); } catch (error) {
    if (!(error instanceof BudgetReached)) throw error;
    if (error.size > 1) return claim(ctx, { ...input, capacity: Math.floor(error.size / 2) }); // what is left may be enough for some
    await pauseForBudget(ctx, error);
    return { messages: [], wait: 0, clock: { offset: 0, uncertainty: Infinity }, hasSlack: true };
  }
}

const average = (messages: Intent[]) => messages.reduce((sum, { segments }) => sum + segments, 0) / messages.length;

/** Messages on their way out, each at its slot: claimed slices one after the other, while the answers of earlier ones come in. */
class Outflow {
  readonly clock = new DatabaseClock();
  /** Claimed and not yet on record. */
  size = 0;
  #inFlight = 0;
  #lateness = 0;
  #sending: Promise<void> = Promise.resolve();
  #waiting: Array<() => void> = [];
  readonly #ctx: Context;
  readonly #client: TwilioClient;
  readonly #recorder: ReturnType<typeof answerRecorder>;

  constructor(ctx: Context, client: TwilioClient, recorder: ReturnType<typeof answerRecorder>) {
    [this.#ctx, this.#client, this.#recorder] = [ctx, client, recorder];
  }

  send(slice: Slice) {
    this.size += slice.messages.length;
    this.#sending = this.#sending.then(() => this.#sendAll(slice));
  }

  /** Resolves when something was answered or put on record. */
  shrinks() { return new Promise<void>((resolve) => { this.#waiting.push(resolve); }); }

  /** By how much a message missed its slot at the socket, at worst, since this was asked before; what the pace allows for anyway counts as nothing. */
  takeLateness() {
    const lateness = this.#lateness > LATE ? this.#lateness : 0;
    this.#lateness = 0;
    return lateness;
  }

  async ends() {
    await this.#sending;
    while (this.size > 0) await this.shrinks();
  }

  async #sendAll({ messages, hasSlack }: Slice) {
    for (const message of messages) {
      await this.clock.until(message.slot);
      while (this.#inFlight >= IN_FLIGHT) await this.shrinks();
      void this.#sendOne(message, hasSlack ? Infinity : message.slot + LATE - this.clock.now());
    }
  }

  async #sendOne(message: Intent, within: number) {
    this.#inFlight += 1;
    const onWrite = () => { this.#lateness = Math.max(this.#lateness, this.clock.now() - message.slot); };
    const outcome = await handOver(this.#client, message, { within, onWrite, organizationId: this.#ctx.organizationId });
    this.#inFlight -= 1;
    this.#tell();
    await this.#recorder.add(message, outcome);
    this.size -= 1;
    this.#tell();
  }

  #tell() {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
