'use client';

import { useShortcut } from '#components/layout/shortcut-registry.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { rowId } from './conversation-row.tsx';
import type { ThreadActs } from './thread-header.tsx';

type InboxKeys = {
  rows: readonly ConversationView[]; open: ConversationView | null; mayAnswer: boolean; acts: ThreadActs;
  onOpen: (id: string | null) => void; onWrite: (tab: 'reply' | 'template' | 'note') => void;
};

/** The keys of the page; they stand in the ? dialog and are off with all single keys. */
export function useInboxKeys({ rows, open, mayAnswer, acts, onOpen, onWrite }: InboxKeys): void {
  const step = (by: 1 | -1) => {
    const focused = rows.findIndex(({ id }) => document.getElementById(rowId(id)) === document.activeElement);
    const now = focused === -1 ? rows.findIndex(({ id }) => id === open?.id) : focused;
    const next = rows[now === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, now + by))];
    if (!next) return;
    document.getElementById(rowId(next.id))?.focus();
    // Who reads a conversation goes on to the next one; who only walks over the list opens one with Enter.
    if (open) onOpen(next.id);
  };
  const withOpen = (run: () => void) => (open && mayAnswer ? run : null);
  useShortcut('j', 'Next conversation; Enter opens it', () => step(1));
  useShortcut('k', 'Conversation before', () => step(-1));
  useShortcut('r', 'Reply', withOpen(() => onWrite('reply')));
  useShortcut('n', 'Note for colleagues', withOpen(() => onWrite('note')));
  useShortcut('t', 'Use a template', open?.window ? withOpen(() => onWrite('template')) : null);
  useShortcut('a', 'Assign', withOpen(acts.assign));
  useShortcut('z', 'Snooze', withOpen(acts.snooze));
  useShortcut('e', open?.status === 'closed' ? 'Open again' : 'Close', withOpen(open?.status === 'closed' ? acts.reopen : acts.close));
  useShortcut('u', 'Mark as unread', withOpen(acts.markUnread));
  useShortcut('Escape', 'Leave the conversation', open ? () => { onOpen(null); setTimeout(() => document.getElementById(rowId(open.id))?.focus()); } : null);
}
