import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { BroadcastPage } from '#components/broadcast/broadcast-page.tsx';
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
    await Promise.allSettled([fetchNow(trpc.audience.lists.queryOptions()), fetchNow(trpc.twilioAccount.senders.queryOptions()), fetchNow(trpc.organization.read.queryOptions())]);
  } else if (status === 'sending' || status === 'paused' || status === 'scheduled') {
    await Promise.allSettled([fetchNow(trpc.broadcast.progress.queryOptions({ id })), fetchNow(trpc.broadcast.budgetState.queryOptions({ id })), fetchNow(trpc.organization.read.queryOptions())]);
  } else {
    await Promise.allSettled([fetchNow(trpc.broadcast.report.queryOptions({ id }))]);
  }
  return <HydrateClient><BroadcastPage id={id} /></HydrateClient>;
}
