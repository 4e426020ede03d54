import type { Message } from '#server/twilio/simulator/model.ts';
import type { WhatsAppText } from '#server/twilio/simulator/inbound.ts';

/**
 * What only a WhatsApp message has in its webhook: https://www.twilio.com/docs/messaging/guides/webhook-request. A tapped quick reply is a text
 * with the button's title, and says which message it answers.
 */
export function whatsAppFields(message: Message, text: WhatsAppText): Record<string, string> {
  const from = (message.from ?? '').replace('whatsapp:', '');
  const isNumber = /^\+\d+$/.test(from);
  const waId = isNumber ? from.slice(1) : from;
  const profileName = text.profileName ?? 'Simulated phone';
  const context = { ProfileName: profileName, WaId: waId };
  const userId = text.externalUserId ?? (isNumber ? null : from);
  const fields: Record<string, string> = {
    ProfileName: profileName,
    WaId: waId,
    MessageType: text.button ? 'button' : text.location ? 'location' : message.media?.[0] ? kindOf(message.media[0].contentType) : 'text',
    ReferralNumMedia: '0',
    ChannelMetadata: JSON.stringify({ type: 'whatsapp', data: { context } }),
  };
  if (text.button) Object.assign(fields, { ButtonText: text.button.text, ButtonPayload: text.button.payload });
  if (text.repliedSid) Object.assign(fields, { OriginalRepliedMessageSender: message.to, OriginalRepliedMessageSid: text.repliedSid });
  if (userId) fields.ExternalUserId = `whatsapp:${userId}`;
  if (text.location) Object.assign(fields, { Latitude: String(text.location.latitude), Longitude: String(text.location.longitude), ...(text.location.label && { Label: text.location.label }) });
  if (text.isForwarded) fields.Forwarded = 'true';
  return fields;
}

function kindOf(contentType: string): string {
  const [kind = 'document'] = contentType.split('/');
  return kind === 'application' ? 'document' : kind;
}

const MEDIA_TYPES: Record<string, string> = {
  png: 'image/png', gif: 'image/gif', webp: 'image/webp', pdf: 'application/pdf', mp4: 'video/mp4', '3gp': 'video/3gpp', mp3: 'audio/mpeg', ogg: 'audio/ogg', vcf: 'text/vcard',
};

/** The media type that the ending of an address stands for; image/jpeg when it says nothing. */
export function mediaTypeOf(url: string): string {
  const ending = /\.(\w{2,4})(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '';
  return MEDIA_TYPES[ending] ?? 'image/jpeg';
}
