import { describeError } from '#server/twilio/errors.ts';
import { LIMIT_REACHED, limitDelay, MOST_LIMITED, TEMPLATE_DELAY, TEMPLATE_STOPPED, WINDOW_CLOSED } from '#server/domain/delivery/come-back.ts';
import type { Outcome } from '#server/twilio/messages.ts';

/** What an answer means for its attempt and its delivery (facts/reliability.md §3.2). Delays in seconds. */
export type Verdict = {
  state: 'accepted' | 'rejected' | 'uncertain' | 'aborted';
  status: 'sending' | 'failed' | 'unknown' | null;
  sid: string | null; httpStatus: number | null; errorCode: number | null; reason: string | null;
  /** Try the same delivery again after this. */
  retryIn: number | null;
  /** What it waits for meanwhile: delivery_retry.reason. */
  waits: 'retry' | 'tier' | 'window_closed' | 'template';
  /** A fault of account or sender: the broadcast is held, and the delivery waits with it. */
  holds: boolean;
};

const none = { status: null, sid: null, httpStatus: null, errorCode: null, reason: null, retryIn: null, waits: 'retry', holds: false } as const;

/** Configuration faults that concern one recipient's country or number only. */
const ABOUT_RECIPIENT = new Set([21408, 21608, 30018]);
/** Attempts of one delivery that Twilio turned away for the moment, before it counts as failed. */
const MOST_ATTEMPTS = 10;

/** `n`: number of the attempt, from 1; `jitter`: 0 to 1. */
export function judge(outcome: Outcome, n: number, jitter: number): Verdict {
  switch (outcome.class) {
    case 'accepted': return { ...none, state: 'accepted', status: 'sending', sid: outcome.sid, httpStatus: outcome.httpStatus };
    case 'uncertain': return { ...none, state: 'uncertain', status: 'unknown', httpStatus: outcome.httpStatus, reason: 'outcome_unknown' };
    case 'unsent': return { ...none, state: 'aborted', retryIn: outcome.cause === 'slot_missed' || outcome.cause === 'too_late' ? 0 : backOff(n, jitter) };
    case 'rejected': return judgeRejection(outcome, n, jitter);
  }
}

function judgeRejection(outcome: Extract<Outcome, { class: 'rejected' }>, n: number, jitter: number): Verdict {
  const rejected = { ...none, state: 'rejected' as const, httpStatus: outcome.httpStatus, errorCode: outcome.code };
  const errorClass = describeError(outcome.code).class;
  if (errorClass === 'configuration' && !ABOUT_RECIPIENT.has(outcome.code)) return { ...rejected, retryIn: 0, holds: true };
  if (outcome.code === WINDOW_CLOSED && n < MOST_ATTEMPTS) return { ...rejected, retryIn: 0, waits: 'window_closed' }; // free-form text: once more, as template
  if (LIMIT_REACHED.includes(outcome.code) && n < MOST_LIMITED) return { ...rejected, retryIn: limitDelay(n), waits: 'tier' };
  if (TEMPLATE_STOPPED.includes(outcome.code) && n < MOST_LIMITED) return { ...rejected, retryIn: TEMPLATE_DELAY, waits: 'template' };
  const isTemporary = outcome.httpStatus === 429 || errorClass === 'retry';
  if (isTemporary && n < MOST_ATTEMPTS) return { ...rejected, retryIn: outcome.retryAfter ?? (outcome.code === 21611 ? 900 : backOff(n, jitter)) };
  return { ...rejected, status: 'failed', reason: 'twilio_error' };
}

/** Full jitter over 1, 2, 4 … 60 seconds. */
const backOff = (n: number, jitter: number) => Math.min(60, 2 ** Math.min(n - 1, 6)) * (0.25 + 0.75 * jitter);
