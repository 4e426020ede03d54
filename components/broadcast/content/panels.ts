import dynamic from 'next/dynamic';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ChannelId } from '#server/channels/channel.ts';
import type { ContentPanel } from './content-panel.ts';
import { SmsMessage } from './sms/message.tsx';
import { SmsPreview } from './sms/preview.tsx';

/** One editor, and for each channel what differs. What is not the usual channel comes when a broadcast of it is opened. */
export const contentPanels: Record<ChannelId, ContentPanel> = {
  sms: { Message: SmsMessage, Preview: SmsPreview, missing: ({ content }) => (content.trim() === '' ? [{ field: 'content', message: 'Write the text of the message.' }] : []) },
  whatsapp: {
    Message: dynamic(() => import('./whatsapp/message.tsx').then(({ WhatsappMessage }) => WhatsappMessage), { loading: () => Skeleton({ className: 'h-64' }) }),
    Preview: dynamic(() => import('./whatsapp/preview.tsx').then(({ WhatsappPreview }) => WhatsappPreview), { loading: () => Skeleton({ className: 'h-96' }) }),
    missing: ({ content, mediaUrls, templateSid }) => (content.trim() === '' && mediaUrls.length === 0 && !templateSid ? [{ field: 'templateSid', message: 'Choose a template, or write a message for people who wrote within 24 hours.' }] : []),
  },
};
