import { configOf } from '#server/twilio/simulator/config.ts';
import type { Account, PhoneNumber } from '#server/twilio/simulator/model.ts';
import { paceOf } from '#server/twilio/simulator/registration.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** Whether a sender's queue is full (more than ten hours of its rate wait): 21611 with From, 30001 with a service. */
export function isQueueFull(simulator: Simulator, account: Account, number: PhoneNumber): boolean {
  const freeAt = simulator.pace.get(paceOf(account, number).key) ?? 0;
  return freeAt - simulator.clock.now() > (configOf(simulator.config, account.sid).queueSeconds * 1000) / simulator.config.all.speed;
}

/** When the carrier rate lets a message queued now leave (epoch ms), without taking the place. */
export function turnOf(simulator: Simulator, account: Account, number: PhoneNumber): number {
  return Math.max(simulator.clock.now(), simulator.pace.get(paceOf(account, number).key) ?? 0);
}

/** Takes the next place of the sender's queue: the following message waits until these segments have left. */
export function takeTurn(simulator: Simulator, account: Account, number: PhoneNumber, segments: number): number {
  const { key, segmentsPerSecond } = paceOf(account, number);
  const at = turnOf(simulator, account, number);
  simulator.pace.set(key, at + (segments * 1000) / (segmentsPerSecond * simulator.config.all.speed));
  return at;
}
