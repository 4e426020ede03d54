'use client';

import { Image, StickyNote } from 'lucide-react';
import type { MouseEvent } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { Avatar } from './avatar.tsx';
import { ChannelMark } from './channel-mark.tsx';
import { useReplyDraft } from './reply-draft.ts';
import { titleOf } from './title-of.ts';
import { windowLeft } from './window-left.ts';
import { WindowRing } from './window-ring.tsx';

type ConversationRowProps = { conversation: ConversationView; href: string; isOpen: boolean; now: number; onOpen: (href: string) => void };

/** The link has the focus while somebody walks over the list with j and k. */
export const rowId = (id: string) => `conversation-${id}`;

/** One conversation: who, the last words, when, and what it waits for. */
export function ConversationRow({ conversation, href, isOpen, now, onOpen }: ConversationRowProps) {
  const { id, channel, unread, lastMessage, assignedTo, contact, status, snoozedUntil } = conversation;
  const left = windowLeft(conversation, now);
  const title = titleOf(conversation);
  const isUnread = unread > 0;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(href);
  };
  return (
    <a
      id={rowId(id)} href={href} onClick={open} aria-current={isOpen ? 'true' : undefined}
      className={classNames('relative flex gap-3 px-4 py-3 -outline-offset-2 hover:bg-hover', isOpen && 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-primary')}
    >
      <Avatar title={title} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={classNames('min-w-0 flex-1 truncate text-body', isUnread ? 'font-semibold' : 'font-medium')}>{title}</span>
          {lastMessage ? <Time value={lastMessage.at} className={classNames('shrink-0 text-caption tabular-nums', isUnread ? 'font-medium text-link' : 'text-muted-foreground')} /> : null}
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <span className={classNames('min-w-0 flex-1 truncate text-table', isUnread ? 'text-foreground' : 'text-muted-foreground')}><Preview conversation={conversation} /></span>
          {isUnread ? <span className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full bg-primary px-1.5 text-caption font-semibold text-on-primary tabular-nums">{unread > 99 ? '99+' : unread}<span className="sr-only"> unread</span></span> : null}
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-caption text-muted-foreground">
          <ChannelMark channel={channel} />
          {left ? <WindowRing left={left} /> : null}
          {contact?.optedOut ? <Status family="optOut" look="plain" className="text-caption">Opted out</Status> : null}
          {status === 'snoozed' && snoozedUntil ? <span>Until <Time value={snoozedUntil} mode="absolute" /></span> : status === 'closed' ? <span>Closed</span> : null}
          {assignedTo ? <span className="min-w-0 truncate">{assignedTo.name}</span> : null}
        </span>
      </span>
    </a>
  );
}

/** A draft of ours comes before their last words: it waits for a person. */
function Preview({ conversation: { id, lastMessage } }: { conversation: ConversationView }) {
  const { text, unsent } = useReplyDraft(id);
  if (unsent.some(({ state }) => state === 'failed')) return <span className="font-medium text-destructive">Not sent</span>;
  if (text.trim() !== '') return <><span className="font-medium text-danger-text">Draft: </span>{text}</>;
  if (!lastMessage) return 'No messages yet';
  const words = lastMessage.text.trim() || (lastMessage.hasMedia ? 'File' : '');
  return (
    <>
      {lastMessage.kind === 'note' ? <StickyNote aria-label="Note:" className="mr-1 inline size-3.5 align-[-2px]" /> : lastMessage.direction === 'outbound' ? 'You: ' : null}
      {lastMessage.hasMedia ? <Image aria-hidden className="mr-1 inline size-3.5 align-[-2px]" /> : null}
      {words}
    </>
  );
}
