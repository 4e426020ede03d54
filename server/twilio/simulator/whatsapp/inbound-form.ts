import type { Message } from '#server/twilio/simulator/model.ts';
import type { WhatsAppText } from '#server/twilio/simulator/inbound.ts';

/**
 * What only a WhatsApp message has in its webhook: https://www.twilio.com/docs/messaging/guides/webhook-request. A tapped quick reply is a text
 * with the button's title, and says which message it answers.
 */
export function whatsAppFields(message: Message, text: WhatsAppText): Record<string, string> {
  const waId = (message.from ?? '').replace(/\D/g, '');
  const profileName = text.profileName ?? 'Simulated phone';
  const context = { ProfileName: profileName, WaId: waId };
  const fields: Record<string, string> = {
    ProfileName: profileName,
    WaId: waId,
    MessageType: text.button ? 'button' : message.mediaUrls.length > 0 ? mediaKind(message.mediaUrls[0] ?? '') : 'text',
    ReferralNumMedia: '0',
    ChannelMetadata: JSON.stringify({ type: 'whatsapp', data: { context } }),
  };
  if (text.button) Object.assign(fields, { ButtonText: text.button.text, ButtonPayload: text.button.payload });
  if (text.repliedSid) Object.assign(fields, { OriginalRepliedMessageSender: message.to, OriginalRepliedMessageSid: text.repliedSid });
  return fields;
}

function mediaKind(url: string): string {
  const [kind = 'document'] = mediaTypeOf(url).split('/');
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
