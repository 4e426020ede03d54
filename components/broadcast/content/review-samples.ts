import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import { Samples, type SamplesProps } from '#components/broadcast/review/samples.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { ChannelId } from '#server/channels/channel.ts';

/** The messages that the review shows, as each channel reads. */
export const reviewSamples: Record<ChannelId, ComponentType<SamplesProps>> = {
  sms: Samples,
  whatsapp: dynamic(() => import('./whatsapp/samples.tsx').then(({ WhatsappSamples }) => WhatsappSamples), { loading: () => Skeleton({ className: 'h-96' }) }),
};
