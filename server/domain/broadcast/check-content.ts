import { channels, type ChannelId } from '#server/channels/index.ts';
import { invalidField } from '#server/errors.ts';

/** P21: `type` repeats `channel`. @throws Problem validation_failed */
export function requireSameType(channel: ChannelId, type: string | undefined): void {
  if (type !== undefined && type !== channel) throw invalidField('type', `type is "${type}" but channel is "${channel}". Leave type out, or give both the same value.`, 'mismatch');
}

/** The sender as the channel writes it (P23, P65). @throws Problem validation_failed when it belongs to another channel or is no number. */
export function senderOf(channel: ChannelId, typed: string | null | undefined): string | null {
  if (!typed) return null;
  const sender = channels[channel].toSender(typed.replace(/[\s().-]/g, ''));
  if (sender) return sender;
  const form = channels[channel].toAddress('+14155551234');
  throw invalidField('senderPhone', `‘${typed}’ is no sender of an ${channels[channel].label} broadcast. Write it like ${form}.`, 'invalid_sender');
}
