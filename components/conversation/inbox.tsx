'use client';

import { MessagesSquare } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useMayAnswer } from '#components/account/use-may-write.ts';
import { useCommands, type Command } from '#components/layout/command-registry.ts';
import { LiveChip } from '#components/layout/live-chip.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { deferred } from '#components/ui/deferred.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import type { Writing } from './composer.tsx';
import { ConversationList } from './conversation-list.tsx';
import { ConversationPane, WaitingPane } from './conversation-pane.tsx';
import { rowId } from './conversation-row.tsx';
import { Details } from './details.tsx';
import { conversationHref, inboxHref, listInputFrom, MOST, openIn, screenIn, show, STEP, type Screen } from './inbox-query.ts';
import { ListFilters } from './list-filters.tsx';
import { titleOf } from './title-of.ts';
import type { ThreadActs } from './thread-header.tsx';
import { useActs, type Acts } from './use-acts.ts';
import { useInbox } from './use-inbox.ts';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useReadMark } from './use-read-mark.ts';
import { useServerTime } from './use-server-time.ts';

const assigning = deferred(() => import('./assign-dialog.tsx'));
const snoozing = deferred(() => import('./snooze-dialog.tsx'));

/** Replies of all channels: list, conversation, person. On a phone each is a screen of its own. */
export function Inbox() {
  const query = useSearchParams();
  const openId = openIn(query);
  const screen = screenIn(query);
  const mayAnswer = useMayAnswer();
  const [ps, setPs] = useState(STEP);
  const { page, thread, live } = useInbox(listInputFrom(query, ps), openId);
  const now = useServerTime(page.data?.asOf ?? thread.data?.asOf);
  const acts = useActs();
  const conversation = thread.data?.conversation ?? null;
  const { writing, write } = useWriting(openId);
  const [dialog, setDialog] = useState<DialogName>(null);
  const [assign, snooze] = [assigning.use(dialog === 'assign'), snoozing.use(dialog === 'snooze')];
  const openConversation = (id: string | null) => show(conversationHref(query, id), id !== null && openId !== null ? 'replace' : 'push');
  const rows = page.data?.data ?? [];
  const threadActs = useThreadActs({ conversation, mayAnswer, acts, rows, isLeaving: listInputFrom(query).view !== 'all', onOpen: openConversation, onDialog: setDialog });
  useInboxKeys({ rows, open: conversation, mayAnswer, acts: threadActs, onOpen: openConversation, onWrite: write });
  useTitle(conversation ? titleOf(conversation) : null, page.data?.unread ?? 0);
  usePaletteActs(conversation !== null && mayAnswer, threadActs);
  return (
    <div data-fills-window={screen} className="flex min-h-0 flex-1">
      <section aria-label="List" className={classNames('min-w-0 flex-col border-r max-md:flex-1 max-md:border-0 md:w-72 md:shrink-0 lg:w-80', columnOf('list', screen))}>
        <div className="flex items-center justify-between gap-2 px-4 pt-3 pb-2"><h1 className="text-h3 font-semibold">Inbox</h1><LiveChip state={live} age={page.data ? <Time value={page.data.asOf} /> : null} /></div>
        <ListFilters />
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain"><ConversationList page={page} now={now} ps={ps} onMore={() => setPs(Math.min(MOST, ps + STEP))} /></div>
      </section>
      <section aria-label="Conversation" className={classNames('min-w-0 flex-1 flex-col', columnOf('thread', screen))}>
        {openId === null ? <EmptyState icon={<MessagesSquare />} title="No conversation selected" className="my-auto">Choose one on the left, or press j and Enter.</EmptyState> : thread.data ? (
          <ConversationPane
            key={openId} thread={thread.data} now={now} mayAnswer={mayAnswer} acts={acts} threadActs={threadActs} writing={writing} onWriting={write}
            onLeave={() => leaveTo(openId)} onBack={() => openConversation(null)} onDetails={() => show(inboxHref(query, { panel: 'details' }))}
          />
        ) : <WaitingPane query={thread} onBack={() => openConversation(null)} />}
      </section>
      {conversation ? (
        <aside aria-label="Details" className={classNames('min-w-0 flex-col max-xl:flex-1 xl:w-72 xl:shrink-0 xl:border-l', columnOf('details', screen))}>
          <Details conversation={conversation} now={now} onBack={() => show(inboxHref(query, { panel: null }))} />
        </aside>
      ) : null}
      {conversation && assign && dialog === 'assign' ? <assign.AssignDialog conversation={conversation} open onOpenChange={() => setDialog(null)} onAssign={(to) => acts.assign(conversation, to)} /> : null}
      {conversation && snooze && dialog === 'snooze' ? <snooze.SnoozeDialog conversation={conversation} open onOpenChange={() => setDialog(null)} onSnooze={(until) => acts.snooze(conversation, until)} /> : null}
    </div>
  );
}

type DialogName = 'assign' | 'snooze' | null;

type ThreadActsInput = {
  conversation: ConversationView | null; mayAnswer: boolean; acts: Acts; rows: readonly ConversationView[];
  /** What is closed stands in this list no longer. */
  isLeaving: boolean;
  onOpen: (id: string | null) => void; onDialog: (name: DialogName) => void;
};

/** What the header, the keys and the palette do with the open conversation. */
function useThreadActs({ conversation, mayAnswer, acts, rows, isLeaving, onOpen, onDialog }: ThreadActsInput): ThreadActs {
  const { markUnread } = useReadMark(conversation, mayAnswer, acts);
  return {
    close() {
      if (!conversation) return;
      acts.close(conversation, () => onOpen(conversation.id));
      const at = rows.findIndex(({ id }) => id === conversation.id);
      if (isLeaving && at >= 0) onOpen(isPhone() ? null : (rows[at + 1] ?? rows[at - 1])?.id ?? null);
    },
    reopen() { if (conversation) acts.reopen(conversation); },
    assign: () => onDialog('assign'), snooze: () => onDialog('snooze'),
    markUnread() { markUnread(); if (isPhone()) onOpen(null); },
  };
}

/** Three columns from 1280 px, two on a tablet, one on a phone. */
function columnOf(column: Screen, screen: Screen): string {
  if (column === screen) return 'flex';
  if (column === 'list') return 'hidden md:flex';
  return column === 'details' || screen === 'details' ? 'hidden xl:flex' : 'hidden md:flex';
}

const isPhone = () => window.matchMedia('(max-width: 767px)').matches;

/** Out of the text, to where keys work again. */
function leaveTo(id: string) {
  const row = document.getElementById(rowId(id));
  if (row && row.offsetParent !== null) row.focus();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Which of the boxes is open; another conversation begins with the reply. */
function useWriting(openId: string | null) {
  const [state, setState] = useState<Writing & { id: string | null }>({ id: openId, tab: 'reply', focusedAt: 0 });
  const writing: Writing = state.id === openId ? state : { tab: 'reply', focusedAt: 0 };
  return { writing, write: (tab: Writing['tab']) => setState((before) => ({ id: openId, tab, focusedAt: before.focusedAt + 1 })) };
}

function useTitle(title: string | null, unread: number) {
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title ? `${title} · ` : ''}Inbox · Hailer`;
  }, [title, unread]);
}

function usePaletteActs(isOn: boolean, { close, assign, snooze, markUnread }: ThreadActs) {
  const acts = useRef({ close, assign, snooze, markUnread });
  useEffect(() => { acts.current = { close, assign, snooze, markUnread }; });
  useCommands(useMemo((): Command[] => (isOn ? [
    { id: 'conversation-close', label: 'Close this conversation', group: 'This conversation', keys: ['e'], run: () => acts.current.close() },
    { id: 'conversation-assign', label: 'Assign this conversation', group: 'This conversation', keys: ['a'], run: () => acts.current.assign() },
    { id: 'conversation-snooze', label: 'Snooze this conversation', group: 'This conversation', keys: ['z'], run: () => acts.current.snooze() },
    { id: 'conversation-unread', label: 'Mark this conversation as unread', group: 'This conversation', keys: ['u'], run: () => acts.current.markUnread() },
  ] : []), [isOn]));
}
