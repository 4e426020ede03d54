'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { useHydrated } from '#components/draft/use-hydrated.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Textarea } from '#components/ui/textarea.tsx';
import type { QuickReplyView } from '#server/domain/conversation/schema.ts';
import { useEnterSends } from './enter-sends.ts';
import { matchingReplies, slashAt } from './quick-reply-match.ts';

type WritingBoxProps = {
  label: string; placeholder: string; value: string; onChange: (text: string) => void; onSubmit: () => void; onLeave: () => void;
  /** A slash offers the texts that are kept for answers. */
  hasReplies?: boolean; error?: string | null; className?: string; ref: RefObject<HTMLTextAreaElement | null>;
};

/** Where people write: it grows with the text, Ctrl or ⌘ with Enter sends, Esc leaves and keeps all. */
export function WritingBox({ label, placeholder, value, onChange, onSubmit, onLeave, hasReplies = false, error, className, ref }: WritingBoxProps) {
  const listId = useId();
  const isHydrated = useHydrated();
  const enterSends = useEnterSends();
  const replies = useReplyMenu({ isOn: hasReplies, value, onChange, ref });
  const isOpen = replies.offered.length > 0;
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || replies.onKey(event)) return;
    const isSending = event.key === 'Enter' && !event.shiftKey && !event.altKey && (event.metaKey || event.ctrlKey || enterSends);
    if (!isSending && event.key !== 'Escape') return;
    event.preventDefault();
    if (isSending) onSubmit();
    else onLeave();
  };
  return (
    <div className="relative">
      <Textarea
        ref={ref} rows={2} aria-label={label} placeholder={placeholder} value={value} readOnly={!isHydrated} maxLength={4_096} autoComplete="off" spellCheck dir="auto"
        aria-invalid={error ? true : undefined} aria-describedby={error ? `${listId}-error` : undefined}
        aria-autocomplete={hasReplies ? 'list' : undefined} aria-controls={isOpen ? listId : undefined} aria-activedescendant={isOpen ? `${listId}-${replies.active}` : undefined}
        onChange={(event) => { onChange(event.target.value); replies.look(event.target); }} onSelect={(event) => replies.look(event.currentTarget)} onBlur={replies.close} onKeyDown={onKeyDown}
        className={classNames('block max-h-[40dvh] min-h-16 resize-none', className)}
      />
      {error ? <p id={`${listId}-error`} role="alert" className="mt-1 text-table font-medium text-destructive">{error}</p> : null}
      {isOpen ? (
        <div id={listId} role="listbox" aria-label="Quick replies" className="absolute bottom-full left-0 z-20 mb-1 max-h-64 w-96 max-w-full overflow-y-auto rounded-card border bg-overlay p-1 shadow-overlay">
          {replies.offered.map((reply, i) => (
            // The cursor stays in the text: keys go there, and a press must not take it away.
            <div key={reply.id} id={`${listId}-${i}`} role="option" aria-selected={i === replies.active} onPointerDown={(event) => { event.preventDefault(); replies.pick(reply); }} className={classNames('cursor-default rounded-control px-2.5 py-1.5 text-body pointer-coarse:py-2.5', i === replies.active && 'bg-hover')}>
              <span className="block truncate font-medium">/{reply.name}</span>
              <span className="block truncate text-table text-muted-foreground">{reply.text}</span>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}

type ReplyMenuInput = { isOn: boolean; value: string; onChange: (text: string) => void; ref: RefObject<HTMLTextAreaElement | null> };

/** The texts that fit what stands between a slash and the cursor. */
function useReplyMenu({ isOn, value, onChange, ref }: ReplyMenuInput) {
  const trpc = useTRPC();
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const slash = isOn && cursor !== null ? slashAt(value, cursor) : null;
  const { data } = useQuery(trpc.conversation.quickReplies.queryOptions(undefined, { enabled: slash !== null }));
  const offered = slash && data ? matchingReplies(data, slash.typed) : [];
  const close = () => setCursor(null);
  const pick = ({ text }: QuickReplyView) => {
    if (!slash || cursor === null) return;
    onChange(value.slice(0, slash.from) + text + value.slice(cursor));
    close();
    const end = slash.from + text.length;
    setTimeout(() => ref.current?.setSelectionRange(end, end));
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (offered.length === 0 || event.metaKey || event.ctrlKey || event.altKey) return false;
    const move = (by: number) => setActive((active + by + offered.length) % offered.length);
    const choose = () => { const reply = offered[active]; if (reply) pick(reply); };
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close, Enter: choose, Tab: choose }[event.key];
    if (!act) return false;
    event.preventDefault();
    act();
    return true;
  };
  const look = ({ selectionStart, selectionEnd, value: text }: HTMLTextAreaElement) => {
    const at = isOn && selectionStart === selectionEnd && slashAt(text, selectionStart) ? selectionStart : null;
    if (at !== cursor) { setCursor(at); setActive(0); }
  };
  return { offered, active: Math.min(active, Math.max(0, offered.length - 1)), look, close, onKey, pick };
}
