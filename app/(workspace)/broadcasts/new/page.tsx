import type { Metadata } from 'next';
import { channelIn } from '#components/broadcast/list/list-query.ts';
import { StartDraft } from '#components/broadcast/list/start-draft.tsx';

export const metadata: Metadata = { title: 'New broadcast' };

type Props = { searchParams: Promise<{ channel?: string | string[] }> };

/** Where every "New broadcast" leads. Reading the page makes nothing, so it may be prefetched; the draft is made once somebody is here. */
export default async function NewBroadcastPage({ searchParams }: Props) {
  const { channel } = await searchParams;
  return <StartDraft channel={channelIn(channel)} />;
}
