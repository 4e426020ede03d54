import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#server/context.ts';
import { gather } from '#server/domain/delivery/gather.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import type { ResolvePolicy } from '#server/domain/delivery/policy.ts';
import { recordAnswers, type Answer } from '#server/domain/delivery/record-answers.ts';
import { log } from '#server/log.ts';
import type { Outcome } from '#server/twilio/messages.ts';

/** Answers come in waves; the first waits so long for its wave, in ms. */
const LINGER = 5;
/** Pauses before a batch that the database refused is written again, in ms. */
const PAUSES = [200, 1_000, 3_000];

type Waiting = Answer & { done: () => void };

/**
 * Gathers answers while the last batch is being written, then writes them together: one commit for many messages.
 * `add` resolves once its answer is written, or given up.
 */
export function answerRecorder(ctx: Context, paceId: string, policy: ResolvePolicy) {
  const add = gather<Waiting>(async (batch) => {
    await recordStubbornly(ctx, paceId, batch, policy);
    for (const { done } of batch) done();
  }, { linger: LINGER });
  return { add: (intent: Intent, outcome: Outcome) => new Promise<void>((resolve) => { add({ intent, outcome, done: resolve }); }) };
}

/** Again after a pause; at last one by one, so that an answer that cannot be written takes no other with it. Never throws: what is lost stays an intent, which the resolver looks up at Twilio past its lease. */
async function recordStubbornly(ctx: Context, paceId: string, batch: Answer[], policy: ResolvePolicy) {
  for (const pause of PAUSES) {
    try { return await recordAnswers(ctx, paceId, batch, policy); } catch { await sleep(pause); }
  }
  for (const [i, answer] of batch.entries()) {
    try { await recordAnswers(ctx, paceId, [answer], policy); } catch (error) {
      const isRefused = isSqlState(causeOf(error));
      log.error({ broadcastId: answer.intent.broadcastId, seq: answer.intent.seq, lost: isRefused ? 1 : batch.length - i, error: causeOf(error) }, 'answers could not be recorded');
      if (!isRefused) return; // the database is away
    }
  }
}

const isSqlState = (code: string) => /^[0-9A-Z]{5}$/.test(code) && !/^(08|57)/.test(code);

/** A driver's error carries the statement's parameters in its message: only its code may be logged. */
const causeOf = (error: unknown) => (error instanceof Error && (error.cause as { code?: string } | undefined)?.code) || 'unknown';
