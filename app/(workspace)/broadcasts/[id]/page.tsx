import type { Metadata } from 'next';
import { HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { BroadcastPage } from '#components/broadcast/broadcast-page.tsx';
import { readAhead } from '../read-ahead.ts';
import { readBroadcastOrNotFound } from './read-broadcast.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await readBroadcastOrNotFound((await params).id);
  return { title: name };
}

/** One address per broadcast: the editor while it is a draft, live progress while it sends, then the report. */
export default async function Page({ params }: Props) {
  const { id } = await params;
  const { status } = await readBroadcastOrNotFound(id);
  if (status === 'draft') {
    // The counts of the preview take their time with a large audience; the editor asks for them itself.
    await Promise.all([readAhead(trpc.audience.lists.queryOptions()), readAhead(trpc.twilioAccount.senders.queryOptions())]);
  } else if (status === 'sending' || status === 'paused' || status === 'scheduled') {
    await readAhead(trpc.broadcast.progress.queryOptions({ id }));
  } else {
    await readAhead(trpc.broadcast.report.queryOptions({ id }));
  }
  return <HydrateClient><BroadcastPage id={id} /></HydrateClient>;
}
