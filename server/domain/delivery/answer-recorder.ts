import type { Context } from '#server/context.ts';
import type { Intent } from '#server/domain/delivery/intend.ts';
import { recordAnswers, type Answer } from '#server/domain/delivery/record-answers.ts';
import { log } from '#server/log.ts';
import type { Outcome } from '#server/twilio/messages.ts';

const MOST_AT_ONCE = 500;

/** Gathers answers while the last batch is being written, then writes them together: one commit for many messages, and no added delay for few. */
export function answerRecorder(ctx: Context, paceId: string) {
  let waiting: Answer[] = [];
  let writing: Promise<void> | null = null;

  async function write() {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      waiting = waiting.slice(MOST_AT_ONCE);
      await recordAnswers(ctx, paceId, batch);
    }
    writing = null;
  }

  const start = () => (writing ??= write().catch((error: unknown) => {
    // The attempts stay intents; past their lease the resolver looks them up at Twilio. Nothing is sent again.
    log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'answers could not be recorded');
    waiting = [];
    writing = null;
  }));

  return {
    add(intent: Intent, outcome: Outcome) {
      waiting.push({ intent, outcome });
      return start();
    },
    /** Resolves when everything gathered so far is written. */
    async drain() { while (writing) await writing; },
  };
}
