import type { ChannelId, Method } from '#server/channels/channel.ts';

/** What people call a channel; the channels themselves would bring their renderer into every page. */
export const channelNames: Readonly<Record<ChannelId, string>> = { sms: 'SMS', whatsapp: 'WhatsApp' };

/** What a channel's messages are counted and priced by. */
export const channelUnits: Readonly<Record<ChannelId, 'segment' | 'message'>> = { sms: 'segment', whatsapp: 'message' };

/** What a message went out as. */
export const methodNames: Readonly<Record<Method, string>> = { sms: 'Text', template: 'Template', freeform: 'Free-form' };
