import type { ChannelId } from '#server/channels/channel.ts';

/** What people call a channel; the channels themselves would bring their renderer into every page. */
export const channelNames: Readonly<Record<ChannelId, string>> = { sms: 'SMS', whatsapp: 'WhatsApp' };
