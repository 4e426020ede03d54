import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { configOf } from '#server/twilio/simulator/config.ts';
import type { Account, Message, MessageStatus, PhoneNumber, Step } from '#server/twilio/simulator/model.ts';
import { isOptedOut } from '#server/twilio/simulator/opt-out.ts';
import { behaviourOf, errorCodeOf, failureStatus } from '#server/twilio/simulator/outcome.ts';
import { isQueueFull, takeTurn, turnOf } from '#server/twilio/simulator/pace.ts';
import { chargeUnits, fromUnits } from '#server/twilio/simulator/price.ts';
import { between } from '#server/twilio/simulator/random.ts';
import { chooseSender } from '#server/twilio/simulator/sender-pool.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { sendStatusCallback } from '#server/twilio/simulator/status-callback.ts';

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

const TWO_DAYS = 2 * 86_400_000;

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
  const { seed, speed } = simulator.config.all;
  const wait = (name: string, low: number, high: number) => (between(seed, `${message.to}|${message.ordinal}|${name}`, low, high) * 1000) / speed;
  const queuedAt = now + wait('queued', 0.02, 0.3);
  message.sender ??= chooseSender(simulator, account, message);
  const number = message.sender ? simulator.numbers.get(message.sender) : undefined;

  const early = earlyFailure(simulator, account, message, number);
  if (early) return withPrice(simulator, message, [status(early.at ?? queuedAt, 'failed', early.errorCode)]);

  const steps: Step[] = message.status === 'accepted' ? [status(queuedAt, 'queued')] : [];
  const turn = number ? takeTurn(simulator, account, number, message.segments) : now;
  const sendingAt = Math.max(queuedAt, turn);
  const sentAt = sendingAt + wait('sent', 0.2, 1.5);
  const endAt = sentAt + wait('end', 0.5, 6);
  steps.push({ ...status(sendingAt, 'sending'), silent: true });
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
  if (!number) return null;
  if (isQueueFull(simulator, account, number)) return { errorCode: 30001 };
  const expiresAt = message.createdAt + (message.validitySeconds * 1000) / simulator.config.all.speed;
  // Counted from creation, also for a scheduled message, whose wait is not queueing.
  const waited = message.sendAt ? message.sendAt - message.createdAt : 0;
  if (turnOf(simulator, account, number) > expiresAt + waited) return { errorCode: 30036, at: expiresAt + waited };
  return null;
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
    const failure = status(isRefusedBeforeCarrier ? sentAt : endAt, failureStatus(errorCode), errorCode);
    return isRefusedBeforeCarrier ? [failure] : [status(sentAt, 'sent'), failure];
  }
  const behaviour = behaviourOf(message.to);
  if (behaviour === 'no-receipt') return [status(sentAt, 'sent')];
  if (behaviour === 'delivered-before-sent') return [status(sentAt, 'delivered'), status(endAt, 'sent')];
  const steps = [status(sentAt, 'sent'), status(endAt, 'delivered')];
  if (behaviour === 'read-later') steps.push(status(endAt + TWO_DAYS / simulator.config.all.speed, 'read'));
  return steps;
}

function status(at: number, name: MessageStatus, errorCode: number | null = null): Step & { kind: 'status' } {
  return { kind: 'status', at, status: name, errorCode };
}

function withPrice(simulator: Simulator, message: Message, steps: Step[]): Step[] {
  if (message.free || behaviourOf(message.to) === 'no-price') return steps;
  const settled = steps.findLast((step) => step.kind === 'status' && step.status !== 'read');
  const delay = (configOf(simulator.config, message.accountSid).priceDelaySeconds * 1000) / simulator.config.all.speed;
  const price: Step = { kind: 'price', at: (settled?.at ?? simulator.clock.now()) + delay };
  return [...steps, price].sort((a, b) => a.at - b.at);
}

function applyPrice(simulator: Simulator, account: Account, message: Message): void {
  const country = parsePhoneNumberFromString(message.direction === 'inbound' ? (message.from ?? '') : message.to)?.country;
  const units = chargeUnits({ ...message, country: country ?? fallbackCountry(message.to) });
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
