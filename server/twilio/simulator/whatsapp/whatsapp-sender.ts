import type { Account } from '#server/twilio/simulator/model.ts';
import { fixedSid } from '#server/twilio/simulator/sid.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';

export type WhatsAppSenderStatus = 'CREATING' | 'ONLINE' | 'OFFLINE' | 'PENDING_VERIFICATION' | 'VERIFYING' | 'ONLINE:UPDATING' | 'TWILIO_REVIEW' | 'DRAFT' | 'STUBBED';

/** Webhooks of a sender, by Twilio's names. */
export const WEBHOOK_FIELDS = ['callback_url', 'callback_method', 'fallback_url', 'fallback_method', 'status_callback_url', 'status_callback_method'] as const;
export type SenderWebhook = Record<(typeof WEBHOOK_FIELDS)[number], string | null>;

export type WhatsAppSender = {
  sid: string;
  accountSid: string;
  /** `whatsapp:+14155551234` */
  senderId: string;
  status: WhatsAppSenderStatus;
  serviceSid: string | null;
  addedToServiceAt: number;
  wabaId: string;
  webhook: SenderWebhook;
  profile: Record<string, unknown>;
  qualityRating: string;
  /** People that it may write to first in a moving 24 hours; null: as many as it likes. */
  messagingLimit: number | null;
  /** Messages per second. */
  throughput: number;
  createdAt: number;
  updatedAt: number;
};

export const isWhatsApp = (address: string): boolean => address.startsWith('whatsapp:');

/** A sender as it is once Meta let it in: 2,000 people a day, good quality, 80 messages a second. */
export function createWhatsAppSender(account: Pick<Account, 'sid' | 'friendlyName'>, senderId: string, serviceSid: string | null, now: number): WhatsAppSender {
  return {
    sid: fixedSid('XE', senderId),
    accountSid: account.sid,
    senderId,
    status: 'ONLINE',
    serviceSid,
    addedToServiceAt: now,
    wabaId: String(Number.parseInt(account.sid.slice(2, 13), 16)).padStart(15, '1'),
    webhook: { callback_url: null, callback_method: 'POST', fallback_url: null, fallback_method: 'POST', status_callback_url: null, status_callback_method: 'POST' },
    profile: { name: account.friendlyName },
    qualityRating: 'HIGH',
    messagingLimit: 2_000,
    throughput: 80,
    createdAt: now,
    updatedAt: now,
  };
}

/** Twilio's words for a limit: `250 Customers/24hr`, `2K Customers/24hr`. */
export function limitWords(limit: number | null): string {
  if (limit === null) return 'Unlimited Customers/24hr';
  if (limit >= 1_000_000 && limit % 1_000_000 === 0) return `${limit / 1_000_000}M Customers/24hr`;
  return limit >= 1_000 && limit % 1_000 === 0 ? `${limit / 1_000}K Customers/24hr` : `${limit} Customers/24hr`;
}

/** Takes a sender through what Twilio and Meta still have to do with it, after it was made or read from a snapshot. */
export function armWhatsAppSender(simulator: Simulator, sender: WhatsAppSender): void {
  if (sender.status !== 'CREATING' && sender.status !== 'VERIFYING' && sender.status !== 'ONLINE:UPDATING') return;
  const { status } = sender;
  simulator.clock.at(simulator.clock.now() + 3_000 / simulator.config.all.speed, () => {
    if (sender.status !== status || simulator.whatsAppSenders.get(sender.senderId) !== sender) return;
    sender.status = 'ONLINE';
    simulator.revision++;
  });
}
