import { configOf } from '#server/twilio/simulator/config.ts';
import type { Account, Message } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** A queue that one or several senders share, and how fast it empties. */
export type Pace = { key: string; segmentsPerSecond: number };

/** Whether a sender's queue is full (more than ten hours of its rate wait): 21611 with From, 30001 with a service. */
export function isQueueFull(simulator: Simulator, account: Account, pace: Pace): boolean {
  const freeAt = simulator.pace.get(pace.key) ?? 0;
  return freeAt - simulator.clock.now() > (configOf(simulator.config, account.sid).queueSeconds * 1000) / simulator.config.all.speed;
}

/** Why a message cannot wait for its turn: the queue is full, or its validity ends before. Null: it can. */
export function queueFailure(simulator: Simulator, account: Account, message: Message, pace: Pace): { errorCode: number; at?: number } | null {
  if (isQueueFull(simulator, account, pace)) return { errorCode: 30001 };
  const expiresAt = message.createdAt + (message.validitySeconds * 1000) / simulator.config.all.speed;
  // Counted from creation, also for a scheduled message, whose wait is not queueing.
  const waited = message.sendAt ? message.sendAt - message.createdAt : 0;
  return turnOf(simulator, pace) > expiresAt + waited ? { errorCode: 30036, at: expiresAt + waited } : null;
}

/** When the rate lets a message queued now leave (epoch ms), without taking the place. */
export function turnOf(simulator: Simulator, pace: Pace): number {
  return Math.max(simulator.clock.now(), simulator.pace.get(pace.key) ?? 0);
}

/** Takes the next place of the queue: the following message waits until these segments have left. */
export function takeTurn(simulator: Simulator, pace: Pace, segments: number): number {
  const at = turnOf(simulator, pace);
  simulator.pace.set(pace.key, at + (segments * 1000) / (pace.segmentsPerSecond * simulator.config.all.speed));
  return at;
}
