import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import type { WhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

const DAY = 86_400_000;

/** Whether one more person would be more than Meta allows. All senders of an account share one portfolio, and one person counts once. */
export function isBeyondTier(simulator: Simulator, sender: WhatsAppSender, person: string): boolean {
  if (sender.messagingLimit === null) return false;
  const reached = reachedBy(simulator, sender.accountSid);
  return !reached.has(person) && reached.size >= sender.messagingLimit;
}

/** A template went to a person outside of their window: they count for the next 24 hours. */
export function countReach(simulator: Simulator, sender: WhatsAppSender, person: string): void {
  const reached = reachedBy(simulator, sender.accountSid);
  // Set again, so that the oldest always stands first.
  reached.delete(person);
  reached.set(person, simulator.clock.now());
}

/** The people whom an account wrote to first within the last 24 hours, with the moment of it, oldest first. */
export function reachedBy(simulator: Simulator, accountSid: string): Map<string, number> {
  let reached = simulator.reached.get(accountSid);
  if (!reached) simulator.reached.set(accountSid, (reached = new Map()));
  const since = simulator.clock.now() - DAY;
  for (const [person, at] of reached) {
    if (at > since) break;
    reached.delete(person);
  }
  return reached;
}
