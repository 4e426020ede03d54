'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { problemMessage } from '#components/broadcast/problem.ts';
import { useHydrated } from '#components/draft/use-hydrated.ts';
import { announce } from '#components/layout/announcer.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { Thread as ThreadData } from '#server/domain/conversation/schema.ts';
import { Bubble } from './bubble.tsx';
import { dayOf, DayWords } from './clock-time.tsx';
import { withEarlier } from './merge-thread.ts';
import { useReplyDraft, type Unsent } from './reply-draft.ts';
import { titleOf } from './title-of.ts';
import { UnsentBubble } from './unsent-bubble.tsx';
import type { Send } from './use-send.ts';

const EARLIER = 50;
/** Nearer to the end than this is the end, in px. */
const AT_END = 48;

type ThreadProps = { thread: ThreadData; now: number; send: Send; onWriteAgain: (text: string) => void; onTemplate: (() => void) | null };

/** What was said on both sides. It begins at the end, and stays where the reader is whatever comes before or after. */
export function Thread({ thread, now, send, onWriteAgain, onTemplate }: ThreadProps) {
  const { messages, before, conversation } = thread;
  const unsent = waiting(useReplyDraft(conversation.id).unsent, messages);
  const title = titleOf(conversation);
  // The days of the reader; the server does not know their zone.
  const zone = useHydrated() ? undefined : 'UTC';
  const earlier = useEarlier(thread);
  const { scroller, isAtEnd, isNew, toEnd, onScroll } = useReadingPlace(messages.at(-1)?.id ?? '', unsent.length);
  useSpokenMessages(thread, title);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* Laid out from its end: nothing needs to scroll there, and what is added before does not move what is read. */}
      <div ref={scroller} onScroll={(event) => { onScroll(); if (isAtStart(event.currentTarget)) earlier.load(); }} role="region" aria-label="Messages" tabIndex={0} className="flex min-h-40 flex-1 flex-col-reverse overflow-y-auto overscroll-contain px-4 py-3 -outline-offset-2 [overflow-anchor:none]">
        <div className="grid gap-2">
          {before === null ? null : <div className="text-center"><Button size="sm" variant="ghost" loading={earlier.isLoading} onClick={earlier.load}>Earlier messages</Button></div>}
          {messages.length === 0 && unsent.length === 0 ? <p className="py-12 text-center text-body text-muted-foreground">Nothing has been said yet.</p> : null}
          {messages.map((message, index) => {
            const isNewDay = dayOf(new Date(message.createdAt), zone) !== dayOf(new Date(messages[index - 1]?.createdAt ?? 0), zone);
            return (
              <div key={message.id} className="grid gap-2">
                {isNewDay ? <h3 className="flex items-center gap-3 py-2 text-caption font-medium text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border"><DayWords value={message.createdAt} now={now} /></h3> : null}
                <Bubble message={message} title={title} onWriteAgain={onWriteAgain} onTemplate={onTemplate} />
              </div>
            );
          })}
          {unsent.map((each) => <UnsentBubble key={each.key} unsent={each} send={send} />)}
        </div>
      </div>
      {isAtEnd ? null : (
        <Button size="sm" variant={isNew ? 'primary' : 'secondary'} icon={<ArrowDown aria-hidden />} onClick={toEnd} className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-overlay">{isNew ? 'New messages' : 'To the end'}</Button>
      )}
    </div>
  );
}

/** What the thread already shows is no longer on its way, though the answer to it may be. */
function waiting(unsent: readonly Unsent[], messages: ThreadData['messages']): Unsent[] {
  return unsent.filter(({ state, after, words }) => {
    const since = messages.slice(messages.findIndex(({ id }) => id === after) + 1);
    return state === 'failed' || !since.some(({ direction, kind, body }) => direction === 'outbound' && kind === 'message' && body === words);
  });
}

const isAtStart = (box: HTMLElement) => box.scrollHeight - box.clientHeight + box.scrollTop < 200;

function useEarlier({ conversation: { id }, before }: ThreadData) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isLoading, setLoading] = useState(false);
  const load = () => {
    if (before === null || isLoading) return;
    setLoading(true);
    queryClient.fetchQuery(trpc.conversation.thread.queryOptions({ conversationId: id, before, limit: EARLIER }, { staleTime: Infinity })).then(
      (earlier) => { queryClient.setQueryData(trpc.conversation.thread.queryKey({ conversationId: id }), (shown) => shown && withEarlier(shown, earlier)); announce(`${earlier.messages.length} earlier messages`); },
      (error: unknown) => notify.error('Earlier messages could not be read', { description: problemMessage(error) }),
    ).finally(() => setLoading(false));
  };
  return { load, isLoading };
}

/** Who reads further up is not moved by what comes; who is at the end stays there. Own words always lead to the end. */
function useReadingPlace(lastId: string, unsent: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(lastId);
  const height = useRef(0);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const grown = box.scrollHeight - height.current;
    if (height.current > 0 && grown > 0 && box.scrollTop < -AT_END) box.scrollTop -= grown;
  }, [lastId]);
  useLayoutEffect(() => { if (unsent > 0 && scroller.current) scroller.current.scrollTop = 0; }, [unsent]);
  useLayoutEffect(() => { height.current = scroller.current?.scrollHeight ?? 0; });
  if (isAtEnd && seen !== lastId) setSeen(lastId);
  return {
    scroller, isAtEnd, isNew: seen !== lastId,
    toEnd: () => { if (scroller.current) { scroller.current.scrollTop = 0; scroller.current.focus({ preventScroll: true }); } },
    onScroll: () => setAtEnd((scroller.current?.scrollTop ?? 0) > -AT_END),
  };
}

/** Tells screen readers what came in while the thread is open. */
function useSpokenMessages({ messages, conversation }: ThreadData, title: string) {
  const last = messages.at(-1);
  const spoken = useRef({ conversation: '', id: '' });
  useEffect(() => {
    const isSame = spoken.current.conversation === conversation.id;
    if (isSame && last && last.id !== spoken.current.id && last.direction === 'inbound' && last.kind === 'message') announce(`${title}: ${last.body || 'a file'}`);
    spoken.current = { conversation: conversation.id, id: last?.id ?? '' };
  }, [conversation.id, last, title]);
}
