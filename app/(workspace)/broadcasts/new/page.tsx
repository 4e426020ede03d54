import type { Metadata } from 'next';
import { StartDraft } from '#components/broadcast/list/start-draft.tsx';

export const metadata: Metadata = { title: 'New broadcast' };

/** Where every "New broadcast" leads. Reading the page makes nothing, so it may be prefetched; the draft is made once somebody is here. */
export default function NewBroadcastPage() {
  return <StartDraft />;
}
