import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Account, Message, MessageStatus, PhoneNumber, Step } from '#server/twilio/simulator/model.ts';
import { isOptedOut } from '#server/twilio/simulator/opt-out.ts';
import { behaviourOf, errorCodeOf, failureStatus } from '#server/twilio/simulator/outcome.ts';
import { queueFailure, takeTurn } from '#server/twilio/simulator/pace.ts';
import { chargeUnits, fromUnits, whatsAppUnits } from '#server/twilio/simulator/price.ts';
import { between } from '#server/twilio/simulator/random.ts';
import { paceOf } from '#server/twilio/simulator/registration.ts';
import { chooseSender } from '#server/twilio/simulator/sender-pool.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { sendStatusCallback } from '#server/twilio/simulator/status-callback.ts';
import { statusStep, TWO_DAYS, withPrice } from '#server/twilio/simulator/step.ts';
import { planWhatsApp } from '#server/twilio/simulator/whatsapp/delivery.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** Later states win: a late event is reported but never takes a message back. */
const RANK: Record<MessageStatus, number> = {
  scheduled: 0,
  accepted: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
  received: 5,
  read: 6,
};

/** Decides the whole way of an accepted message and lets the clock walk it. */
export function startMessage(simulator: Simulator, account: Account, message: Message): void {
  message.steps = plan(simulator, account, message);
  armNextStep(simulator, account, message);
}

/** Waits for SendAt; a message canceled before stays canceled. */
export function armSchedule(simulator: Simulator, account: Account, message: Message): void {
  simulator.clock.at(message.sendAt ?? 0, () => {
    if (message.status !== 'scheduled' || !simulator.messages.get(message.sid)) return;
    const entry = simulator.journal.bySid(message.sid);
    if (entry) entry.firedAt = simulator.clock.now();
    message.status = 'accepted';
    startMessage(simulator, account, message);
  });
}

/** Arms what a message still has before it, after it was created or read from a snapshot. */
export function armNextStep(simulator: Simulator, account: Account, message: Message): void {
  const step = message.steps[0];
  if (!step) return;
  simulator.clock.at(step.at, () => {
    if (message.steps[0] !== step || !simulator.messages.get(message.sid)) return;
    message.steps.shift();
    if (step.kind === 'price') applyPrice(simulator, account, message);
    else void applyStatus(simulator, account, message, step);
    armNextStep(simulator, account, message);
  });
}

/** Takes the first step now, and resolves when its callback was answered. For the recipient whose callback outruns the answer. */
export async function hurryFirstStep(simulator: Simulator, account: Account, message: Message): Promise<void> {
  const step = message.steps.shift();
  if (step?.kind === 'status') await applyStatus(simulator, account, message, step);
  armNextStep(simulator, account, message);
}

/** Moves a message to a status at once and reports it. */
export async function applyStatus(
  simulator: Simulator,
  account: Account,
  message: Message,
  step: { status: MessageStatus; errorCode: number | null; silent?: boolean },
): Promise<void> {
  const now = simulator.clock.now();
  if (RANK[step.status] >= RANK[message.status]) {
    message.status = step.status;
    message.errorCode = step.errorCode;
  }
  message.updatedAt = now;
  if (step.status !== 'canceled') {
    message.from ??= message.sender;
    message.shownSegments = message.segments;
    if (RANK[step.status] >= RANK.sent) message.sentAt ??= now;
  }
  simulator.revision++;
  if (!step.silent) await sendStatusCallback(simulator, account, message, step);
}

function plan(simulator: Simulator, account: Account, message: Message): Step[] {
  const now = simulator.clock.now();
  if (message.direction === 'inbound') return withPrice(simulator, message, []);
  if (isWhatsApp(message.to)) return planWhatsApp(simulator, account, message);
  const { seed, speed } = simulator.config.all;
  const wait = (name: string, low: number, high: number) => (between(seed, `${message.to}|${message.ordinal}|${name}`, low, high) * 1000) / speed;
  const queuedAt = now + wait('queued', 0.02, 0.3);
  message.sender ??= chooseSender(simulator, account, message);
  const number = message.sender ? simulator.numbers.get(message.sender) : undefined;

  const early = earlyFailure(simulator, account, message, number);
  if (early) return withPrice(simulator, message, [statusStep(early.at ?? queuedAt, 'failed', early.errorCode)]);

  const steps: Step[] = message.status === 'accepted' ? [statusStep(queuedAt, 'queued')] : [];
  const turn = number ? takeTurn(simulator, paceOf(account, number), message.segments) : now;
  const sendingAt = Math.max(queuedAt, turn);
  const sentAt = sendingAt + wait('sent', 0.2, 1.5);
  const endAt = sentAt + wait('end', 0.5, 6);
  steps.push({ ...statusStep(sendingAt, 'sending'), silent: true });
  steps.push(...ending(simulator, account, message, number, { sentAt, endAt }));
  return withPrice(simulator, message, steps);
}

/** Failures that Twilio itself decides before any carrier sees the message. */
function earlyFailure(
  simulator: Simulator,
  account: Account,
  message: Message,
  number: PhoneNumber | undefined,
): { errorCode: number; at?: number } | null {
  if (message.serviceSid && !message.sender) return { errorCode: 21704 };
  // Only the answer to the keyword itself is free, and only it still gets through.
  if (!message.free && isOptedOut(simulator, message, message.to)) return { errorCode: 21610 };
  return number ? queueFailure(simulator, account, message, paceOf(account, number)) : null;
}

function ending(
  simulator: Simulator,
  account: Account,
  message: Message,
  number: PhoneNumber | undefined,
  times: { sentAt: number; endAt: number },
): Step[] {
  const { sentAt, endAt } = times;
  const errorCode = errorCodeOf(simulator, account, message, number);
  if (errorCode !== null) {
    const isRefusedBeforeCarrier = failureStatus(errorCode) === 'failed' || errorCode === 30034 || errorCode === 30032;
    const failure = statusStep(isRefusedBeforeCarrier ? sentAt : endAt, failureStatus(errorCode), errorCode);
    return isRefusedBeforeCarrier ? [failure] : [statusStep(sentAt, 'sent'), failure];
  }
  const behaviour = behaviourOf(message.to);
  if (behaviour === 'no-receipt') return [statusStep(sentAt, 'sent')];
  if (behaviour === 'delivered-before-sent') return [statusStep(sentAt, 'delivered'), statusStep(endAt, 'sent')];
  const steps = [statusStep(sentAt, 'sent'), statusStep(endAt, 'delivered')];
  if (behaviour === 'read-later') steps.push(statusStep(endAt + TWO_DAYS / simulator.config.all.speed, 'read'));
  return steps;
}

function applyPrice(simulator: Simulator, account: Account, message: Message): void {
  const person = (message.direction === 'inbound' ? (message.from ?? '') : message.to).replace('whatsapp:', '');
  const country = parsePhoneNumberFromString(person)?.country ?? fallbackCountry(person);
  const units = isWhatsApp(message.to) ? whatsAppUnits({ ...message, country }) : chargeUnits({ ...message, country });
  message.price = fromUnits(-units);
  message.priceUnit = 'USD';
  message.updatedAt = simulator.clock.now();
  account.balance -= units;
  simulator.revision++;
}

/** Twilio's own test ranges (+1500…) belong to no country in the numbering plan; they are priced as US. */
function fallbackCountry(to: string): string | undefined {
  return to.startsWith('+1') ? 'US' : undefined;
}
