'use client';

import { StickyNote } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { Button } from '#components/ui/button.tsx';
import { changeReplyDraft, replyDraft, useReplyDraft } from './reply-draft.ts';
import type { Send } from './use-send.ts';
import { WritingBox } from './writing-box.tsx';

type NoteBoxProps = { conversationId: string; send: Send; onLeave: () => void; ref: RefObject<HTMLTextAreaElement | null> };

/** Words for colleagues. They never reach a phone. */
export function NoteBox({ conversationId, send, onLeave, ref }: NoteBoxProps) {
  const { note } = useReplyDraft(conversationId);
  const [error, setError] = useState<string | null>(null);
  const submit = async () => {
    const text = replyDraft(conversationId).note.trim();
    if (text === '') return setError('Write the note first.');
    if (send.isNoting) return;
    const problem = await send.note(text);
    setError(problem ? `Not saved: ${problem}` : null);
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); void submit(); }} className="grid gap-2">
      <WritingBox ref={ref} label="Note for colleagues" placeholder="Only colleagues see this" value={note} onChange={(text) => { setError(null); changeReplyDraft(conversationId, { note: text }); }} onSubmit={() => void submit()} onLeave={onLeave} error={error} className="border-dashed border-warning-fill bg-warning-tint/40" />
      <div className="flex items-center justify-between gap-2">
        <span className="text-caption text-muted-foreground">It never reaches a phone.</span>
        <Button type="submit" icon={<StickyNote aria-hidden />} loading={send.isNoting}>Save note</Button>
      </div>
    </form>
  );
}
