'use client';

import { useState } from 'react';
import { problemCode, problemMessage } from '#components/broadcast/problem.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { deferred } from '#components/ui/deferred.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { Thread as ThreadData } from '#server/domain/conversation/schema.ts';
import { Composer, type Writing } from './composer.tsx';
import { OptOutQuestion } from './opt-out-question.tsx';
import { changeReplyDraft, replyDraft } from './reply-draft.ts';
import { Thread } from './thread.tsx';
import { ThreadHeader, type ThreadActs } from './thread-header.tsx';
import type { Acts } from './use-acts.ts';
import type { useInbox } from './use-inbox.ts';
import { useSend } from './use-send.ts';

const agreement = deferred(() => import('#components/agreement/agreement-dialog.tsx'));

type ConversationPaneProps = {
  thread: ThreadData; now: number; mayAnswer: boolean; acts: Acts; threadActs: ThreadActs; writing: Writing;
  onWriting: (tab: Writing['tab']) => void; onLeave: () => void; onBack: () => void; onDetails: () => void;
};

/** One conversation: who, what was said, and the place to answer. */
export function ConversationPane({ thread, now, mayAnswer, acts, threadActs, writing, onWriting, onLeave, onBack, onDetails }: ConversationPaneProps) {
  const { conversation } = thread;
  const [isAsking, setAsking] = useState(false);
  const asking = agreement.use(isAsking);
  const send = useSend(conversation.id, thread.messages.at(-1)?.id ?? null, () => setAsking(true));
  const writeAgain = (text: string) => {
    const written = replyDraft(conversation.id).text.trimEnd();
    changeReplyDraft(conversation.id, { text: [written, text].filter(Boolean).join('\n') });
    onWriting('reply');
  };
  return (
    <>
      <ThreadHeader conversation={conversation} mayAnswer={mayAnswer} acts={threadActs} onBack={onBack} onDetails={onDetails} />
      <Thread thread={thread} now={now} send={send} onWriteAgain={writeAgain} onTemplate={conversation.window ? () => onWriting('template') : null} />
      {mayAnswer ? <OptOutQuestion conversation={conversation} acts={acts} /> : null}
      {mayAnswer ? <Composer thread={thread} now={now} send={send} writing={writing} onWriting={onWriting} onLeave={onLeave} /> : <p className="border-t px-4 py-3 text-table text-muted-foreground">Your role may read here. Ask an owner or admin to answer.</p>}
      {asking ? <asking.AgreementDialog open={isAsking} onOpenChange={setAsking} onAccepted={() => { setAsking(false); send.goOn(); }} /> : null}
    </>
  );
}

type WaitingPaneProps = { query: ReturnType<typeof useInbox>['thread']; onBack: () => void };

/** In place of a thread that is not there yet, or not at all. */
export function WaitingPane({ query: { error, isFetching, refetch }, onBack }: WaitingPaneProps) {
  if (error && problemCode(error) === 'not_found') return <EmptyState title="This conversation does not exist" className="my-auto" action={<Button onClick={onBack}>Back to the list</Button>}>It may belong to another organisation.</EmptyState>;
  if (error) return <div className="p-4"><Alert family="danger" isLive title="The conversation could not be read" action={<Button size="sm" loading={isFetching} onClick={() => void refetch()}>Try again</Button>}>{problemMessage(error)}</Alert></div>;
  return (
    <SkeletonGroup label="Loading the conversation" className="flex min-h-0 flex-1 flex-col">
      <div className="border-b px-4 py-3"><Skeleton className="w-40" /><Skeleton className="mt-2 h-3 w-56" /></div>
      <div className="grid flex-1 content-end gap-3 p-4">
        <Skeleton className="h-12 w-3/5 rounded-bubble" /><Skeleton className="h-16 w-1/2 justify-self-end rounded-bubble" /><Skeleton className="h-10 w-2/5 rounded-bubble" />
      </div>
    </SkeletonGroup>
  );
}
