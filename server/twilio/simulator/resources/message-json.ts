import { rfc2822 } from '#server/twilio/simulator/http.ts';
import type { Message } from '#server/twilio/simulator/model.ts';
import { ERROR_MESSAGES } from '#server/twilio/simulator/twilio-error.ts';

/** A message in Twilio's JSON. The price is there only once it is known. */
export function showMessage(message: Message) {
  const path = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: message.accountSid,
    messaging_service_sid: message.serviceSid,
    from: message.from,
    to: message.to,
    body: message.body,
    status: message.status,
    direction: message.direction,
    num_segments: String(message.shownSegments),
    num_media: String(message.mediaUrls.length),
    price: message.price,
    price_unit: message.priceUnit,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : (ERROR_MESSAGES[message.errorCode] ?? 'Message delivery failed'),
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    api_version: '2010-04-01',
    uri: `${path}.json`,
    subresource_uris: { media: `${path}/Media.json` },
  };
}
