'use client';

import { useSyncExternalStore } from 'react';
import { dropLocalCopy, readLocalCopy, writeLocalCopy } from '#components/draft/local-copy.ts';
import type { ReplyInput } from '#server/domain/conversation/schema.ts';

/** A message on its way to the server, or that did not get there. Its key makes a second try the same message. */
export type Unsent = {
  key: string; at: string; reply: Omit<ReplyInput, 'conversationId' | 'idempotencyKey'>;
  /** Of a template the words; else the text. */
  words: string;
  /** The last message that stood there when it was sent. */
  after: string | null;
  state: 'sending' | 'failed'; problem: { code: string | null; message: string } | null;
};
export type ReplyDraft = {
  text: string; note: string; mediaUrl: string; unsent: readonly Unsent[];
  /** The template that was chosen, and what was typed for its positions. */
  template: { sid: string; values: Record<string, string> } | null;
};

const nothing: ReplyDraft = { text: '', note: '', mediaUrl: '', unsent: [], template: null };
const drafts = new Map<string, ReplyDraft>();
const listeners = new Set<() => void>();
const idOf = (conversationId: string) => `reply:${conversationId}`;

/** What was typed in this conversation and has not become a message: kept by the browser with every key, so that nothing typed is lost. */
export function useReplyDraft(conversationId: string): ReplyDraft {
  return useSyncExternalStore(subscribe, () => replyDraft(conversationId), () => nothing);
}

export function replyDraft(conversationId: string): ReplyDraft {
  const known = drafts.get(conversationId);
  if (known) return known;
  const kept = readLocalCopy<ReplyDraft>(idOf(conversationId))?.fields;
  // A page that was closed while it sent does not know how that ended; the key makes asking again safe.
  const unsent = (kept?.unsent ?? []).map((each): Unsent => (each.state === 'sending' ? { ...each, state: 'failed', problem: { code: null, message: 'The page was left before the server answered.' } } : each));
  const draft: ReplyDraft = { ...nothing, ...kept, unsent };
  drafts.set(conversationId, draft);
  return draft;
}

export function changeReplyDraft(conversationId: string, changes: Partial<ReplyDraft>): void {
  const draft = { ...replyDraft(conversationId), ...changes };
  drafts.set(conversationId, draft);
  if (draft.text === '' && draft.note === '' && draft.mediaUrl === '' && draft.template === null && draft.unsent.length === 0) dropLocalCopy(idOf(conversationId));
  else writeLocalCopy(idOf(conversationId), draft, new Date());
  for (const listener of listeners) listener();
}

export function changeUnsent(conversationId: string, key: string, changes: Partial<Unsent>): void {
  changeReplyDraft(conversationId, { unsent: replyDraft(conversationId).unsent.map((each) => (each.key === key ? { ...each, ...changes } : each)) });
}

export function dropUnsent(conversationId: string, key: string): void {
  changeReplyDraft(conversationId, { unsent: replyDraft(conversationId).unsent.filter((each) => each.key !== key) });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
