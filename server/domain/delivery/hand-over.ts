import { GUARD_AFTER_INTENT, type Intent } from '#server/domain/delivery/intend.ts';
import { env } from '#server/env.ts';
import type { TwilioClient } from '#server/twilio/client.ts';
import { createMessage, type OutboundContent, type Outcome } from '#server/twilio/messages.ts';

/** Seconds that Twilio may hold a message: we pace below the sender's rate, so its queue is short, and an opt-out must not find an old message there. */
const VALIDITY = 900;

/** Where Twilio reports on an attempt. The fragment asks for five retries, also after a 5xx; by default a lost callback is lost for good. */
export const statusCallbackUrl = (organizationId: string, token: string) =>
  `${env().PUBLIC_URL}/connect/webhook/twilio/status?orgid=${organizationId}&attempt=${token}#rc=5&rp=all`;

const contentOf = (intent: Intent): OutboundContent => (intent.method === 'template'
  ? { contentSid: intent.contentSid, contentVariables: intent.contentVariables } : { body: intent.body, mediaUrls: intent.mediaUrls });

/** One POST for one attempt, or none when its guard, or `within` (ms), is over before the socket is written. */
export async function handOver(client: TwilioClient, intent: Intent, options: { within?: number; onWrite?: () => void; organizationId: string }): Promise<Outcome> {
  // Both clocks: the monotonic one stands still while a machine sleeps, the other may be set back.
  const age = Math.max(performance.now() - intent.begunAt, Date.now() - intent.begunAtDate);
  const guard = Math.min(GUARD_AFTER_INTENT - age, options.within ?? Infinity);
  if (guard <= 0) return { class: 'unsent', cause: 'too_late' };
  return createMessage(client, {
    to: intent.recipient, from: intent.sender, messagingServiceSid: intent.messagingServiceSid ?? undefined, ...contentOf(intent),
    statusCallback: statusCallbackUrl(options.organizationId, intent.token), validityPeriod: VALIDITY, sendAt: intent.sendAt ?? undefined,
  }, guard, options.onWrite);
}
