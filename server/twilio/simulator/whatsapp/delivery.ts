import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { configOf } from '#server/twilio/simulator/config.ts';
import { needsApproval } from '#server/twilio/simulator/content/render.ts';
import type { ApprovalStatus } from '#server/twilio/simulator/content/content.ts';
import type { Account, Message, Step } from '#server/twilio/simulator/model.ts';
import { isOptedOut } from '#server/twilio/simulator/opt-out.ts';
import { behaviourOf, drawnErrorCode, magicErrorCode } from '#server/twilio/simulator/outcome.ts';
import { queueFailure, takeTurn, type Pace } from '#server/twilio/simulator/pace.ts';
import { between, chance } from '#server/twilio/simulator/random.ts';
import { chooseWhatsAppSender } from '#server/twilio/simulator/sender-pool.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { statusStep, TWO_DAYS, withPrice } from '#server/twilio/simulator/step.ts';
import { countReach, isBeyondTier } from '#server/twilio/simulator/whatsapp/tier.ts';
import type { WhatsAppSender } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';
import { isWindowOpen } from '#server/twilio/simulator/whatsapp/window.ts';

/** What the state of a template means outside of a person's window; approved ones may go. */
const STATE_ERRORS: Record<ApprovalStatus, number | null> = { unsubmitted: 63016, received: 63016, pending: 63016, approved: null, rejected: 63040, paused: 63041, disabled: 63042 };

/** Codes by which Twilio itself gives up, before Meta sees anything. */
const FAILED = [63013, 63021, 63027, 63028, 63040, 63041, 63042];

/** The rate of a sender: every message counts once, whatever its length. */
export function paceOfWhatsApp(sender: WhatsAppSender): Pace {
  return { key: sender.senderId, segmentsPerSecond: sender.throughput };
}

/** The whole way of a WhatsApp message, decided when it is accepted: window, template, tier and pair rate as they are then. */
export function planWhatsApp(simulator: Simulator, account: Account, message: Message): Step[] {
  const { seed, speed } = simulator.config.all;
  const now = simulator.clock.now();
  const wait = (name: string, low: number, high: number) => (between(seed, `${message.to}|${message.ordinal}|${name}`, low, high) * 1000) / speed;
  const queuedAt = now + wait('queued', 0.02, 0.3);
  message.sender ??= chooseWhatsAppSender(simulator, account, message);
  const sender = simulator.whatsAppSenders.get(message.sender ?? '');
  const early = sender ? earlyFailure(simulator, account, message, sender) : { errorCode: 21703 };
  if (early || !sender) return withPrice(simulator, message, [statusStep(early?.at ?? queuedAt, 'failed', early?.errorCode)]);

  message.isInWindow = isWindowOpen(simulator, sender.senderId, message.to);
  const steps: Step[] = message.status === 'accepted' ? [statusStep(queuedAt, 'queued')] : [];
  const sendingAt = Math.max(queuedAt, takeTurn(simulator, paceOfWhatsApp(sender), 1));
  const sentAt = sendingAt + wait('sent', 0.2, 1.5);
  steps.push({ ...statusStep(sendingAt, 'sending'), silent: true });
  const errorCode = objection(simulator, account, message, sender);
  if (errorCode !== null) return withPrice(simulator, message, [...steps, statusStep(sentAt, FAILED.includes(errorCode) ? 'failed' : 'undelivered', errorCode)]);
  simulator.pairs.set(`${sender.senderId}|${message.to}`, now);
  if (message.template && !message.isInWindow) countReach(simulator, sender, message.to);
  return withPrice(simulator, message, [...steps, ...arrival(simulator, message, sentAt, sentAt + wait('end', 0.5, 6))]);
}

function earlyFailure(simulator: Simulator, account: Account, message: Message, sender: WhatsAppSender): { errorCode: number; at?: number } | null {
  if (sender.status !== 'ONLINE') return { errorCode: 63007 };
  if (!message.free && isOptedOut(simulator, message, message.to)) return { errorCode: 63014 };
  return queueFailure(simulator, account, message, paceOfWhatsApp(sender));
}

/** Why Meta (or Twilio before it) does not take this message; null: it arrives. */
function objection(simulator: Simulator, account: Account, message: Message, sender: WhatsAppSender): number | null {
  const magic = magicErrorCode(message.to);
  if (magic) return magic;
  const refused = templateError(message);
  if (refused) return refused;
  if (message.template?.category === 'MARKETING' && message.template.status === 'approved' && isUnitedStates(message.to)) return 63049;
  if (message.template && !message.isInWindow && isBeyondTier(simulator, sender, message.to)) return 63018;
  if (isTooSoon(simulator, account, message, sender)) return 63018;
  return behaviourOf(message.to) ? null : drawnErrorCode(simulator, account, message);
}

function templateError({ template, isInWindow }: Message): number | null {
  if (!template) return isInWindow ? null : 63016;
  if (template.fault) return template.fault;
  const stateError = STATE_ERRORS[template.status];
  if (stateError === null || (isInWindow && !needsApproval(template))) return null;
  // Inside of the window it is not the window's fault: Meta knows no such template.
  return isInWindow && stateError === 63016 ? 63027 : stateError;
}

/** Meta's pair rate (131056): one message to the same person in six seconds. Answers to what a person wrote are not held to it here. */
function isTooSoon(simulator: Simulator, account: Account, message: Message, sender: WhatsAppSender): boolean {
  if (message.direction === 'outbound-reply') return false;
  const last = simulator.pairs.get(`${sender.senderId}|${message.to}`);
  return last !== undefined && simulator.clock.now() - last < (configOf(simulator.config, account.sid).pairSeconds * 1000) / simulator.config.all.speed;
}

/** Meta delivers no marketing to phones of the United States. Twilio's test range +1500 is nobody's phone. */
function isUnitedStates(to: string): boolean {
  const phone = to.replace('whatsapp:', '');
  return !phone.startsWith('+1500') && parsePhoneNumberFromString(phone)?.country === 'US';
}

/** Six in ten read what they get, within ten minutes. */
function arrival(simulator: Simulator, message: Message, sentAt: number, endAt: number): Step[] {
  const { seed, speed } = simulator.config.all;
  const behaviour = behaviourOf(message.to);
  if (behaviour === 'no-receipt') return [statusStep(sentAt, 'sent')];
  if (behaviour === 'delivered-before-sent') return [statusStep(sentAt, 'delivered'), statusStep(endAt, 'sent')];
  const steps = [statusStep(sentAt, 'sent'), statusStep(endAt, 'delivered')];
  const key = `${message.to}|${message.ordinal}|read`;
  if (behaviour === 'read-later') steps.push(statusStep(endAt + TWO_DAYS / speed, 'read'));
  else if (chance(seed, key) < configOf(simulator.config, message.accountSid).readShare) steps.push(statusStep(endAt + (between(seed, `${key}At`, 5, 600) * 1000) / speed, 'read'));
  return steps;
}
