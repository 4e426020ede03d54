'use client';

import { useMutation } from '@tanstack/react-query';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { newKey } from '#components/draft/new-key.ts';
import { announce } from '#components/layout/announcer.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { changeReplyDraft, changeUnsent, dropUnsent, replyDraft, type Unsent } from './reply-draft.ts';
import { useRefreshInbox } from './use-inbox.ts';

export type Reply = Pick<Unsent, 'reply' | 'words'>;

/** Sending in one conversation. A message shows at once, and stays with its reason and a way on until the server has it. */
export function useSend(conversationId: string, lastMessageId: string | null, onAgreement: () => void) {
  const trpc = useTRPC();
  const refresh = useRefreshInbox();
  const mutation = useMutation(trpc.conversation.reply.mutationOptions({ networkMode: 'always' }));
  const noting = useMutation(trpc.conversation.note.mutationOptions({ networkMode: 'always' }));

  /** Its words go back to where they were typed, after what stands there now. */
  const takeBack = ({ key, words, reply }: Unsent) => {
    const { text, mediaUrl } = replyDraft(conversationId);
    dropUnsent(conversationId, key);
    changeReplyDraft(conversationId, { text: [text.trimEnd(), reply.templateSid ? '' : words].filter(Boolean).join('\n'), mediaUrl: mediaUrl || (reply.mediaUrls?.[0] ?? '') });
  };
  const hand = (unsent: Unsent) => mutation.mutateAsync({ conversationId, idempotencyKey: unsent.key, ...unsent.reply }).then(
    async () => { await refresh().catch(() => {}); dropUnsent(conversationId, unsent.key); },
    (error: unknown) => {
      const problem = { code: problemCode(error), message: problemMessage(error) };
      changeUnsent(conversationId, unsent.key, { state: 'failed', problem });
      announce(`Not sent. ${problem.message}`, { isUrgent: true });
      if (problem.code === 'agreement_required') onAgreement();
      // The window closed on the way: the box is about to become a choice of templates, which offers these words.
      if (problem.code === 'outside_24h_window' && !unsent.reply.templateSid) { takeBack(unsent); void refresh(); }
    },
  );
  const again = (unsent: Unsent) => { changeUnsent(conversationId, unsent.key, { state: 'sending', problem: null }); void hand(unsent); };

  return {
    /** `isTextUsed`: what was typed is in it; a template may leave it unsaid, and then it stays. */
    send(reply: Reply, isTextUsed = true) {
      const unsent: Unsent = { ...reply, key: newKey(), at: new Date().toISOString(), after: lastMessageId, state: 'sending', problem: null };
      changeReplyDraft(conversationId, { ...(isTextUsed ? { text: '', mediaUrl: '' } : {}), template: null, unsent: [...replyDraft(conversationId).unsent, unsent] });
      void hand(unsent);
    },
    again,
    /** Those that met the 402. */
    goOn() { for (const unsent of replyDraft(conversationId).unsent) if (unsent.problem?.code === 'agreement_required') again(unsent); },
    takeBack,
    discard: ({ key }: Unsent) => dropUnsent(conversationId, key),
    async note(text: string): Promise<string | null> {
      try { await noting.mutateAsync({ conversationId, text }); } catch (error) { return problemMessage(error); }
      // What was typed while the note was on its way stays.
      if (replyDraft(conversationId).note.trim() === text) changeReplyDraft(conversationId, { note: '' });
      await refresh().catch(() => {});
      return null;
    },
    isNoting: noting.isPending,
  };
}
export type Send = ReturnType<typeof useSend>;
