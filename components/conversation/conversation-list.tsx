'use client';

import { useQuery } from '@tanstack/react-query';
import { CheckCheck, MessagesSquare, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { problemMessage } from '#components/broadcast/problem.ts';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { conversationHref, listInputFrom, MOST, openIn, show, STEP } from './inbox-query.ts';
import type { useInbox } from './use-inbox.ts';

type ConversationListProps = { page: ReturnType<typeof useInbox>['page']; now: number; ps: number; onMore: () => void };

/** The conversations that fit, those that wait for nobody at the end. */
export function ConversationList({ page: { data, error, isFetching, isPlaceholderData, refetch }, now, ps, onMore }: ConversationListProps) {
  const query = useSearchParams();
  const open = openIn(query);
  if (error && !data) return <div className="p-4"><Alert family="danger" isLive title="The inbox could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert></div>;
  if (!data) return <ListSkeleton />;
  if (data.data.length === 0) return <NothingHere query={query} />;
  return (
    <div aria-busy={isPlaceholderData} className={classNames('transition-opacity', isPlaceholderData && 'opacity-60')}>
      <ul aria-label="Conversations" className="divide-y border-b">
        {data.data.map((conversation) => (
          <li key={conversation.id}>
            <ConversationRow conversation={conversation} href={conversationHref(query, conversation.id)} isOpen={conversation.id === open} now={now} onOpen={show} />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-3 text-table text-muted-foreground tabular-nums">
        <span>{formatCount(data.total, 'conversation')}</span>
        {data.hasNext && ps < MOST ? <Button size="sm" loading={isPlaceholderData} onClick={onMore}>Show {STEP} more</Button> : null}
        {data.hasNext && ps >= MOST ? <span>Search to find the others.</span> : null}
      </div>
    </div>
  );
}

function ListSkeleton() {
  return (
    <SkeletonGroup label="Loading conversations" className="divide-y">
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} className="flex gap-3 px-4 py-3">
          <Skeleton className="size-9 shrink-0 rounded-full" />
          <div className="grid flex-1 gap-2"><Skeleton className="w-2/5" /><Skeleton className="h-3 w-4/5" /><Skeleton className="h-3 w-1/3" /></div>
        </div>
      ))}
    </SkeletonGroup>
  );
}

function NothingHere({ query }: { query: URLSearchParams }) {
  const { view, search, channel, isUnread } = listInputFrom(query);
  if (search || channel || isUnread) return <EmptyState icon={<SearchX />} title="Nothing matches" action={<Button asChild><Link href="/inbox?view=all">Show all</Link></Button>}>Names, numbers and the words of messages are searched, in this view only.</EmptyState>;
  if (view === 'open') return <NoReplies />;
  const words = { mine: 'Nothing is assigned to you', unassigned: 'Everything has somebody', snoozed: 'Nothing is snoozed', closed: 'Nothing is closed yet', all: '' };
  return view === undefined || view === 'all' ? <NoReplies /> : <EmptyState icon={<MessagesSquare />} title={words[view]} action={<Button asChild><Link href="/inbox">Open conversations</Link></Button>} />;
}

/** The way to a first reply: the simulated phones while Twilio is simulated, the connection when there is none. */
function NoReplies() {
  const trpc = useTRPC();
  const { data: all } = useQuery(trpc.conversation.list.queryOptions({ view: 'all', ps: 1 }));
  const { data: setup } = useQuery(trpc.twilioAccount.setup.queryOptions());
  const { data: account } = useQuery(trpc.twilioAccount.read.queryOptions());
  const phones = setup?.simulatedAccountsUrl?.replace(/\/accounts$/, '/');
  if (all && all.total > 0) return <EmptyState icon={<CheckCheck />} title="All done" action={<Button asChild><Link href="/inbox?view=all">Show all conversations</Link></Button>}>Nothing is open. New replies appear here within seconds.</EmptyState>;
  if (account === null) {
    return <EmptyState icon={<MessagesSquare />} title="Not receiving yet" action={<Button asChild variant="primary"><Link href="/settings/twilio">Connect Twilio</Link></Button>}>Replies come in once your Twilio account is connected.</EmptyState>;
  }
  return (
    <EmptyState
      icon={<MessagesSquare />} title="No replies yet"
      action={phones ? <Button asChild><a href={phones} target="_blank" rel="noreferrer">Write one on a simulated phone</a></Button> : <Button asChild><Link href="/settings/twilio">Check the connection</Link></Button>}
    >
      They appear here within seconds.{phones ? '' : ' Write to one of your numbers from your own phone to try it.'}
    </EmptyState>
  );
}
