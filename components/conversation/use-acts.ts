'use client';

import { useMutation } from '@tanstack/react-query';
import { problemMessage } from '#components/broadcast/problem.ts';
import { announce } from '#components/layout/announcer.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { notify } from '#components/ui/notify.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { formatMoment } from '#components/format/time.ts';
import { useRefreshInbox } from './use-inbox.ts';

type Person = NonNullable<ConversationView['assignedTo']>;

/** What colleagues do with a conversation. All of it can be taken back, so nothing asks first. */
export function useActs() {
  const trpc = useTRPC();
  const refresh = useRefreshInbox();
  const shared = (notDone: string) => ({ networkMode: 'always' as const, onSuccess: refresh, onError: (error: unknown) => notify.error(notDone, { description: problemMessage(error) }) });
  const closing = useMutation(trpc.conversation.close.mutationOptions(shared('Not closed')));
  const assigning = useMutation(trpc.conversation.assign.mutationOptions(shared('Not assigned')));
  const snoozing = useMutation(trpc.conversation.snooze.mutationOptions(shared('Not snoozed')));
  const marking = useMutation(trpc.conversation.markRead.mutationOptions(shared('Not marked')));
  const deciding = useMutation(trpc.conversation.decideOptOut.mutationOptions(shared('Nothing was recorded')));
  const tell = (words: string, undo: () => void) => { notify.success(words, { undo }); announce(words); };

  return {
    close: ({ id, title }: ConversationView, undone?: () => void) => closing.mutate({ conversationId: id, isClosed: true }, {
      onSuccess: () => tell(`Closed: ${title}`, () => closing.mutate({ conversationId: id, isClosed: false }, { onSuccess: undone })),
    }),
    reopen: ({ id, title }: ConversationView) => closing.mutate({ conversationId: id, isClosed: false }, { onSuccess: () => announce(`Open again: ${title}`) }),
    assign: ({ id, title, assignedTo }: ConversationView, to: Person | null) => assigning.mutate({ conversationId: id, userId: to?.id ?? null }, {
      onSuccess: () => tell(to ? `${title} is with ${to.name}` : `${title} is with nobody`, () => assigning.mutate({ conversationId: id, userId: assignedTo?.id ?? null })),
    }),
    snooze: ({ id, title, snoozedUntil }: ConversationView, until: Date | null) => snoozing.mutate({ conversationId: id, until: until?.toISOString() ?? null }, {
      onSuccess: () => tell(until ? `${title} comes back ${formatMoment(until, { now: new Date() })}` : `${title} is back`, () => snoozing.mutate({ conversationId: id, until: snoozedUntil })),
    }),
    markRead: ({ id }: ConversationView, isRead: boolean) => marking.mutate({ conversationId: id, isRead }),
    decideOptOut: ({ id, title }: ConversationView, isOptOut: boolean) => deciding.mutate({ conversationId: id, isOptOut }, { onSuccess: () => notify.success(isOptOut ? `${title} gets no more messages` : 'Noted: it is no opt-out') }),
    isClosing: closing.isPending, isDeciding: deciding.isPending,
  };
}
export type Acts = ReturnType<typeof useActs>;
