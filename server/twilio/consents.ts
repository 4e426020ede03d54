import { reading, type Reading } from '#server/twilio/account.ts';
import type { TwilioClient } from '#server/twilio/client.ts';

/** Twilio takes so many in one call. */
export const MOST_CONSENTS = 1_000;

/** `correlationId`: 32 hex digits, comes back with the answer. `senderId`: a messaging service (MG…) or one of our numbers. `at`: ISO 8601. */
export type Consent = { correlationId: string; contact: string; senderId: string; status: 'opt-in' | 'opt-out'; source: 'website' | 'offline' | 'opt-in-message' | 'opt-out-message' | 'others'; at: string };

/**
 * Tells Twilio who left or came back, learned elsewhere: POST /v1/Consents/Bulk (facts/twilio.md §5.4). What it said to each, by correlation id: null is done,
 * a text why not; who is missing got no answer.
 */
export const pushConsents = (client: TwilioClient, consents: readonly Consent[]): Promise<Reading<Map<string, string | null>>> =>
  reading(async () => {
    const items = consents.map(({ correlationId, contact, senderId, status, source, at }) => ({ contact_id: contact, correlation_id: correlationId, sender_id: senderId, status, source, date_of_consent: at }));
    const answer: { items: unknown } = await client.accounts.v1.bulkConsents.create({ items });
    return new Map((Array.isArray(answer.items) ? answer.items : []).flatMap((item) => answerOf(item)));
  });

function answerOf(item: unknown): Array<[string, string | null]> {
  if (typeof item !== 'object' || item === null || !('correlation_id' in item) || typeof item.correlation_id !== 'string') return [];
  const code = 'error_code' in item ? Number(item.error_code) : 0;
  const messages = 'error_messages' in item && Array.isArray(item.error_messages) ? item.error_messages.filter((message) => typeof message === 'string') : [];
  return [[item.correlation_id.replaceAll('-', '').toLowerCase(), code === 0 ? null : `${messages.join(', ') || 'Refused'} (Twilio error ${code})`]];
}
