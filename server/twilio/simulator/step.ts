import { configOf } from '#server/twilio/simulator/config.ts';
import type { Message, MessageStatus, Step } from '#server/twilio/simulator/model.ts';
import { behaviourOf } from '#server/twilio/simulator/outcome.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

/** What "read two days later" means. */
export const TWO_DAYS = 2 * 86_400_000;

/** A status that a message will take at `at`. */
export function statusStep(at: number, name: MessageStatus, errorCode: number | null = null): Step & { kind: 'status' } {
  return { kind: 'status', at, status: name, errorCode };
}

/** The steps with the moment at which the price is known: after delivery, whether it is read or not. */
export function withPrice(simulator: Simulator, message: Message, steps: Step[]): Step[] {
  if (message.free || behaviourOf(message.to) === 'no-price') return steps;
  const settled = steps.findLast((step) => step.kind === 'status' && step.status !== 'read');
  const delay = (configOf(simulator.config, message.accountSid).priceDelaySeconds * 1000) / simulator.config.all.speed;
  const price: Step = { kind: 'price', at: (settled?.at ?? simulator.clock.now()) + delay };
  return [...steps, price].sort((a, b) => a.at - b.at);
}
