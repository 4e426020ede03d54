'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import type { LiveState } from '#components/layout/live-chip.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import type { ConversationPage, InboxSnapshot, ListConversationsInput, Thread } from '#server/domain/conversation/schema.ts';
import { mergeThread } from './merge-thread.ts';
import { unreadInput } from './unread-input.ts';

const FALLBACK = 5_000; // ms; asked while the stream is down

/** The list and the open thread as they are now: pushed, or asked for while the stream is down. */
export function useInbox(list: ListConversationsInput, conversationId: string | null) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const listOptions = trpc.conversation.list.queryOptions(list, { placeholderData: keepPreviousData });
  const threadKey = trpc.conversation.thread.queryKey({ conversationId: conversationId ?? '' });
  const onData = ({ page, thread }: InboxSnapshot) => {
    queryClient.setQueryData(listOptions.queryKey, (shown: ConversationPage | undefined) => (shown && shown.asOf > page.asOf ? shown : page));
    queryClient.setQueryData(trpc.conversation.list.queryKey(unreadInput), (shown) => shown && { ...shown, unread: page.unread });
    if (thread && thread.conversation.id === conversationId) queryClient.setQueryData(threadKey, (shown: Thread | undefined) => mergeThread(shown, thread));
  };
  const stream = useSubscription(trpc.conversation.watch.subscriptionOptions({ ...list, ...(conversationId ? { conversationId } : {}) }, { onData }));
  const isStreaming = stream.status === 'pending';
  const refetchInterval = isStreaming ? false : FALLBACK;

  const page = useQuery({ ...listOptions, refetchInterval });
  const thread = useQuery(trpc.conversation.thread.queryOptions({ conversationId: conversationId ?? '' }, {
    enabled: conversationId !== null, refetchInterval,
    // What is asked for has the last messages only; earlier ones that were read stay.
    structuralSharing: (shown, came) => mergeThread(shown as Thread | undefined, came as Thread), // Both are this query's data.
  }));
  const live: LiveState = isStreaming || (stream.status === 'connecting' && !stream.error) ? 'live' : 'reconnecting';
  return { page, thread: { ...thread, data: conversationId ? thread.data : undefined }, live };
}

/** What somebody did shows at once in the list, in the thread and in the frame. Answers that are on their way are older than the deed. */
export function useRefreshInbox() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    const filters = [trpc.conversation.list.pathFilter(), trpc.conversation.thread.pathFilter()];
    await Promise.all(filters.map((filter) => queryClient.cancelQueries(filter)));
    await Promise.all(filters.map((filter) => queryClient.invalidateQueries(filter)));
  };
}
