import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { Review } from '#components/broadcast/review/review.tsx';
import { readBroadcastOrNotFound } from '../read-broadcast.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await readBroadcastOrNotFound((await params).id);
  return { title: `Review · ${name}` };
}

/** The last look before a send; a broadcast that was sent has nothing to review. */
export default async function ReviewPage({ params }: Props) {
  const { id } = await params;
  const { status } = await readBroadcastOrNotFound(id);
  if (status !== 'draft') redirect(`/broadcasts/${id}`);
  await Promise.allSettled([
    fetchNow(trpc.broadcast.preview.queryOptions({ id })),
    fetchNow(trpc.twilioAccount.senders.queryOptions()),
    fetchNow(trpc.audience.lists.queryOptions()),
    fetchNow(trpc.organization.read.queryOptions()),
    fetchNow(trpc.broadcast.budgetState.queryOptions({ id })),
  ]);
  return <HydrateClient><Review id={id} /></HydrateClient>;
}
