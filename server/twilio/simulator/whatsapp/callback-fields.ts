import type { Message, MessageStatus } from '#server/twilio/simulator/model.ts';
import type { Simulator } from '#server/twilio/simulator/simulator.ts';
import { ERROR_MESSAGES } from '#server/twilio/simulator/twilio-error.ts';

const EVENT_TYPES: Partial<Record<MessageStatus, string>> = { delivered: 'DELIVERED', read: 'READ', undelivered: 'UNDELIVERED', failed: 'UNDELIVERED' };

/** What a status callback of a WhatsApp message has beside the rest, as captured: the sender is missing from `read`, the event type from `sent`. */
export function channelFields(simulator: Simulator, message: Message, event: { status: MessageStatus; errorCode: number | null }): Record<string, string> {
  const fields: Record<string, string> = { ChannelPrefix: 'whatsapp', ChannelToAddress: `${message.to.replace('whatsapp:', '').slice(0, -4)}XXXX` };
  const sender = simulator.whatsAppSenders.get(message.sender ?? '');
  if (sender && event.status !== 'read') fields.ChannelInstallSid = sender.sid;
  const eventType = EVENT_TYPES[event.status];
  if (eventType) fields.EventType = eventType;
  if (event.errorCode !== null) fields.ChannelStatusMessage = ERROR_MESSAGES[event.errorCode] ?? 'Message undeliverable';
  return fields;
}
