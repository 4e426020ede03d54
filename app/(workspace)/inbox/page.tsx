import type { Metadata } from 'next';
import { fetchNow, HydrateClient, trpc } from '#app/_trpc/server.tsx';
import { Inbox } from '#components/conversation/inbox.tsx';
import { listInputFrom, openIn } from '#components/conversation/inbox-query.ts';
import { queryOf } from '#components/layout/page-query.ts';

export const metadata: Metadata = { title: 'Inbox' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function InboxPage({ searchParams }: Props) {
  const query = queryOf(await searchParams);
  const conversationId = openIn(query);
  await Promise.allSettled([
    fetchNow(trpc.conversation.list.queryOptions(listInputFrom(query))),
    ...(conversationId ? [fetchNow(trpc.conversation.thread.queryOptions({ conversationId }))] : []),
  ]);
  return <HydrateClient><Inbox /></HydrateClient>;
}
