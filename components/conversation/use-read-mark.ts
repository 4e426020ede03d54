'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import type { Acts } from './use-acts.ts';

/** What is open and looked at is read. Who marks it as unread keeps it so until they come back to it. */
export function useReadMark(conversation: ConversationView | null, mayAnswer: boolean, acts: Acts) {
  const kept = useRef<string | null>(null);
  const id = conversation?.id ?? null;
  const unread = conversation?.unread ?? 0;
  const look = useEffectEvent(() => {
    if (conversation && mayAnswer && conversation.unread > 0 && kept.current !== conversation.id && document.visibilityState === 'visible') acts.markRead(conversation, true);
  });
  useEffect(() => {
    look();
    const onVisible = () => look();
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  }, [id, unread]);
  useEffect(() => () => { kept.current = null; }, [id]);
  return { markUnread() { if (conversation) { kept.current = conversation.id; acts.markRead(conversation, false); } } };
}
