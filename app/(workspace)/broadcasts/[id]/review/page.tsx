import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { Review } from '#components/broadcast/review/review.tsx';
import { readAhead } from '../../read-ahead.ts';
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
  await Promise.all([readAhead(trpc.broadcast.preview.queryOptions({ id })), readAhead(trpc.twilioAccount.senders.queryOptions()), readAhead(trpc.audience.lists.queryOptions())]);
  return <HydrateClient><Review id={id} /></HydrateClient>;
}
