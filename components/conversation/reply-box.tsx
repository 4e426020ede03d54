'use client';

import { FileText, MoreHorizontal, Paperclip, SendHorizontal } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { channelUnits } from '#components/format/channel.ts';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { useModifierKey } from '#components/layout/platform.ts';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuCheckboxItem } from '#components/ui/dropdown-menu.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { countSegments } from '#server/channels/sms/segments.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';
import { setEnterSends, useEnterSends } from './enter-sends.ts';
import { QuickReplyButton } from './quick-reply-button.tsx';
import { changeReplyDraft, replyDraft, useReplyDraft } from './reply-draft.ts';
import type { Send } from './use-send.ts';
import { WritingBox } from './writing-box.tsx';

/** Twilio refuses a longer one (21617). */
const MOST = 1_600; // characters

const address = /^https?:\/\/[^\s/]+\.[^\s]+$/i;

type ReplyBoxProps = { conversation: ConversationView; title: string; send: Send; onTemplate: (() => void) | null; onLeave: () => void; ref: RefObject<HTMLTextAreaElement | null> };

/** Free words to this person, from the address to which they wrote. */
export function ReplyBox({ conversation: { id, channel, window: freeWindow }, title, send, onTemplate, onLeave, ref }: ReplyBoxProps) {
  const { text, mediaUrl } = useReplyDraft(id);
  const [error, setError] = useState<string | null>(null);
  const [hasFile, setHasFile] = useState(false);
  const modifier = useModifierKey();
  const enterSends = useEnterSends();
  // A channel with a window takes files.
  const hasFiles = freeWindow !== null;
  const isFileShown = hasFiles && (hasFile || mediaUrl !== '');
  const write = (changes: { text?: string; mediaUrl?: string }) => { setError(null); changeReplyDraft(id, changes); };
  const submit = () => {
    // The latest keys, whatever has been painted.
    const draft = replyDraft(id);
    const file = hasFiles ? draft.mediaUrl.trim() : '';
    if (draft.text.trim() === '' && file === '') return setError('Write something first.');
    if ([...draft.text].length > MOST) return setError(`Messages have at most ${formatNumber(MOST)} characters. Send it in two.`);
    if (file !== '' && !address.test(file)) return setError('Enter the public address of the file, like https://example.com/picture.jpg, or remove it.');
    setHasFile(false);
    send.send({ reply: { text: draft.text, mediaUrls: file === '' ? [] : [file] }, words: draft.text });
    ref.current?.focus();
  };
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit(); }} className="grid gap-2">
      <WritingBox ref={ref} label={`Reply to ${title}`} placeholder="Write a reply, / for quick replies" value={text} onChange={(next) => write({ text: next })} onSubmit={submit} onLeave={onLeave} hasReplies error={error} />
      {isFileShown ? (
        <Field label="File" hideLabel><Input inputMode="url" autoComplete="off" placeholder="https://… address of a picture, video or PDF" maxLength={2_000} value={mediaUrl} onChange={(event) => write({ mediaUrl: event.target.value })} /></Field>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-1 gap-y-2">
        <QuickReplyButton text={text} onPick={(reply) => { write({ text: text.trim() === '' ? reply : `${text.trimEnd()}\n${reply}` }); setTimeout(() => ref.current?.focus(), 50); }} />
        {hasFiles ? <IconButton label="Add a file" icon={<Paperclip aria-hidden />} aria-expanded={isFileShown} onClick={() => { if (isFileShown) write({ mediaUrl: '' }); setHasFile(!isFileShown); }} /> : null}
        {onTemplate ? <IconButton label="Use a template" icon={<FileText aria-hidden />} onClick={onTemplate} /> : null}
        <DropdownMenu align="start" trigger={<IconButton label="How to send" icon={<MoreHorizontal aria-hidden />} />}>
          <MenuCheckboxItem checked={enterSends} onCheckedChange={(checked) => setEnterSends(checked === true)}>Enter sends</MenuCheckboxItem>
        </DropdownMenu>
        <span className="ml-1 min-w-0 flex-1 text-caption text-muted-foreground tabular-nums"><Count text={text} isMetered={channelUnits[channel] === 'segment'} /></span>
        <Button type="submit" variant="primary" icon={<SendHorizontal aria-hidden />} aria-keyshortcuts="Control+Enter Meta+Enter" title={enterSends ? 'Enter' : `${modifier} Enter`}>Send</Button>
      </div>
    </form>
  );
}

function Count({ text, isMetered }: { text: string; isMetered: boolean }) {
  if (text === '') return null;
  const characters = [...text].length;
  if (!isMetered) return <>{characters > MOST - 200 ? `${formatNumber(characters)} of ${formatNumber(MOST)} characters` : formatCount(characters, 'character')}</>;
  const { segments, left, encoding } = countSegments(text);
  return <>{formatCount(segments, 'segment')} · {formatNumber(left)} left{encoding === 'UCS-2' ? ' · Unicode' : ''}</>;
}
