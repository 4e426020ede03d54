import { configOf } from '#server/twilio/simulator/config.ts';
import type { Account, Message, PhoneNumber } from '#server/twilio/simulator/model.ts';
import { chance } from '#server/twilio/simulator/random.ts';
import { registrationError } from '#server/twilio/simulator/registration.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { isWhatsApp } from '#server/twilio/simulator/whatsapp/whatsapp-sender.ts';

/** Recipients `+15005560000` … `+15005560009` behave in special ways; the digit says which. */
export type Behaviour =
  | 'callback-before-answer'
  | 'no-receipt'
  | 'delivered-before-sent'
  | 'callbacks-doubled'
  | 'callbacks-lost'
  | 'http-500-after-created'
  | 'reset-after-created'
  | 'no-price'
  | 'read-later'
  | 'too-many-requests-twice';

const BEHAVIOURS: Behaviour[] = [
  'callback-before-answer',
  'no-receipt',
  'delivered-before-sent',
  'callbacks-doubled',
  'callbacks-lost',
  'http-500-after-created',
  'reset-after-created',
  'no-price',
  'read-later',
  'too-many-requests-twice',
];

/** What each behaviour number does, for people. */
export const BEHAVIOUR_WORDS: Record<Behaviour, string> = {
  'callback-before-answer': 'the first callback comes before the answer to the request',
  'no-receipt': 'stays sent: the carrier gives no receipt',
  'delivered-before-sent': 'delivered is reported before sent',
  'callbacks-doubled': 'each callback comes twice',
  'callbacks-lost': 'no callback ever comes',
  'http-500-after-created': 'HTTP 500, although the message was created',
  'reset-after-created': 'connection reset, although the message was created',
  'no-price': 'the price never becomes known',
  'read-later': 'read two days after delivery',
  'too-many-requests-twice': 'HTTP 429 twice, then accepted',
};

/** The special behaviour of a recipient, or null for ordinary ones. */
export function behaviourOf(to: string): Behaviour | null {
  const match = /^(?:whatsapp:)?\+1500556000(\d)$/.exec(to);
  return match ? (BEHAVIOURS[Number(match[1])] ?? null) : null;
}

/**
 * The error that a recipient of Twilio's test range ends with: `+15005553003` is 30003, `+15005551610` is 21610,
 * `whatsapp:+15005553016` is 63016. Null for all other recipients; tails 0001 to 0009 are answered at once and not here.
 */
export function magicErrorCode(to: string): number | null {
  const match = /^(whatsapp:)?\+1500555([1-3]\d{3})$/.exec(to);
  if (!match) return null;
  const tail = Number(match[2]);
  if (match[1]) return 60_000 + tail;
  return tail >= 3_000 ? 27_000 + tail : 20_000 + tail;
}

/** The Twilio error that an accepted message will end with; null: it is delivered. The same seed, recipient and ordinal give the same end. */
export function errorCodeOf(simulator: Simulator, account: Account, message: Message, number: PhoneNumber | undefined): number | null {
  const unregistered = number && message.to.startsWith('+1') ? registrationError(account, number) : null;
  if (unregistered) return unregistered;
  const magic = magicErrorCode(message.to);
  if (magic) return magic;
  return behaviourOf(message.to) ? null : drawnErrorCode(simulator, account, message);
}

/** The error that lot and result mix decide for an ordinary recipient: WhatsApp draws from the codes 63…, SMS from all others. */
export function drawnErrorCode(simulator: Simulator, account: Account, message: Message): number | null {
  const drawn = chance(simulator.config.all.seed, `${message.to}|${message.ordinal}|result`);
  let below = 0;
  for (const [code, share] of Object.entries(configOf(simulator.config, account.sid).resultMix)) {
    if (code.startsWith('63') !== isWhatsApp(message.to)) continue;
    below += share;
    if (drawn < below) return Number(code);
  }
  return null;
}

/** `failed` when Twilio never handed the message over, `undelivered` when the carrier refused it. */
export function failureStatus(errorCode: number): 'failed' | 'undelivered' {
  const isFailed = errorCode < 30_000 || [30001, 30002, 30036, 30450, 30454, 30500].includes(errorCode);
  return isFailed ? 'failed' : 'undelivered';
}
