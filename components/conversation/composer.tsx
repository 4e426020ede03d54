'use client';

import { BellOff, Copy, LockKeyhole } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { channelNames } from '#components/format/channel.ts';
import { announce } from '#components/layout/announcer.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { deferred } from '#components/ui/deferred.tsx';
import { notify } from '#components/ui/notify.ts';
import { Skeleton, SkeletonGroup } from '#components/ui/skeleton.tsx';
import type { Thread } from '#server/domain/conversation/schema.ts';
import { NoteBox } from './note-box.tsx';
import { changeReplyDraft, useReplyDraft } from './reply-draft.ts';
import { ReplyBox } from './reply-box.tsx';
import { titleOf } from './title-of.ts';
import type { Send } from './use-send.ts';
import { URGENT, windowLeft, type WindowLeft } from './window-left.ts';
import { WindowRing } from './window-ring.tsx';

// Templates bring their renderer. It comes when the browser is idle: a window may close while there is no connection, and then a page that wants code is lost.
const template = deferred(() => import('./template-answer.tsx'));

/** What is written: a reply to the person, a template, or a note to colleagues. `focusedAt` changes when a key asks for it. */
export type Writing = { tab: 'reply' | 'template' | 'note'; focusedAt: number };

type ComposerProps = { thread: Thread; now: number; send: Send; writing: Writing; onWriting: (tab: Writing['tab']) => void; onLeave: () => void };

/** The place to answer. It turns into a choice of templates while free text cannot be delivered, and back, and never loses what was typed. */
export function Composer({ thread, now, send, writing, onWriting, onLeave }: ComposerProps) {
  const { conversation } = thread;
  const left = windowLeft(conversation, now);
  const isClosed = (left !== null && !left.isOpen) || thread.blocked?.code === 'outside_24h_window';
  const { tab } = writing;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { if (writing.focusedAt > 0) field.current?.focus(); }, [writing.focusedAt, tab]);
  useSpokenWindow(conversation.id, left);
  const isTemplate = tab !== 'note' && left !== null && (isClosed || tab === 'template');
  const loaded = template.use(isTemplate);
  const stop = tab === 'note' ? null : stopOf(thread);
  return (
    <section aria-label="Answer" className="border-t bg-background px-4 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="-ml-1 flex gap-1">
          <Tab isOn={tab !== 'note'} onClick={() => onWriting('reply')}>{isTemplate ? 'Template' : 'Reply'}</Tab>
          <Tab isOn={tab === 'note'} onClick={() => onWriting('note')}>Note</Tab>
        </div>
        {tab === 'note' ? null : <span className="ml-auto text-caption">{left ? <WindowRing left={left} /> : <span className="text-muted-foreground">{channelNames[conversation.channel]} has no time window</span>}</span>}
      </div>
      {tab === 'note' ? <NoteBox conversationId={conversation.id} send={send} onLeave={onLeave} ref={field} /> : null}
      {stop ? <><Stop stop={stop} /><Typed conversationId={conversation.id} /></> : null}
      {tab !== 'note' && !stop && isTemplate ? (
        <div className="grid max-h-[55dvh] gap-3 overflow-y-auto overscroll-contain">
          {isClosed ? <p role="status" className="flex items-start gap-2 text-table text-pretty"><LockKeyhole aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning-fill" /><span>{closedWords(conversation.window?.closesAt ?? null)} Only an approved template reaches them now. Free text comes back when they write.</span></p> : <div><Button size="sm" onClick={() => onWriting('reply')}>Back to free text</Button></div>}
          <Typed conversationId={conversation.id} />
          {loaded ? <loaded.TemplateAnswer conversation={conversation} send={send} onSent={() => onWriting('reply')} /> : <SkeletonGroup label="Loading templates" className="grid gap-2"><Skeleton /><Skeleton className="h-16" /></SkeletonGroup>}
        </div>
      ) : null}
      {tab !== 'note' && !stop && !isTemplate ? <ReplyBox conversation={conversation} title={titleOf(conversation)} send={send} onTemplate={left ? () => onWriting('template') : null} onLeave={onLeave} ref={field} /> : null}
    </section>
  );
}

function Tab({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: string }) {
  return <button type="button" aria-pressed={isOn} onClick={onClick} className={classNames('h-8 rounded-control px-2.5 text-table font-medium pointer-coarse:h-11 pointer-coarse:px-4', isOn ? 'bg-hover text-foreground' : 'text-muted-foreground hover:text-foreground')}>{children}</button>;
}

const closedWords = (closesAt: string | null) => (closesAt === null ? 'They have not written within 24 hours.' : 'The 24 hours since their last message are over.');

type StopReason = { title: string; message: string; href: string | null; isOptOut: boolean };

/** Why nothing at all can be written. A missing agreement is asked for at the send, as everywhere. */
function stopOf({ blocked, conversation: { contact } }: Thread): StopReason | null {
  if (blocked?.code === 'opted_out' || contact?.optedOut) return { title: 'They opted out', message: blocked?.code === 'opted_out' ? blocked.message : 'This person opted out, so nothing can be written to them. They can come back by writing START.', href: null, isOptOut: true };
  if (!blocked || blocked.code === 'outside_24h_window' || blocked.code === 'agreement_required') return null;
  return { title: 'This number cannot send', message: blocked.message, href: '/settings/twilio', isOptOut: false };
}

function Stop({ stop }: { stop: StopReason }) {
  return <Alert family={stop.isOptOut ? 'optOut' : 'warning'} icon={stop.isOptOut ? BellOff : undefined} isLive title={stop.title} action={stop.href ? <Button asChild size="sm"><Link href={stop.href}>Open the settings</Link></Button> : null}>{stop.message}</Alert>;
}

/** What was typed before the box went away: it stays to be read and copied, and is in the box again when that comes back. */
function Typed({ conversationId }: { conversationId: string }) {
  const { text } = useReplyDraft(conversationId);
  if (text.trim() === '') return null;
  const copy = () => navigator.clipboard.writeText(text).then(() => notify.success('Copied'), () => notify.error('Not copied: the browser refused. Select the text instead.'));
  return (
    <section aria-label="What you typed" className="mt-2 rounded-card border border-dashed bg-surface px-3 py-2 first:mt-0">
      <p className="flex items-center justify-between gap-2 text-caption text-muted-foreground">
        <span>What you typed is kept</span>
        <span className="flex gap-1">
          <Button size="sm" variant="ghost" icon={<Copy aria-hidden />} onClick={() => void copy()}>Copy</Button>
          <Button size="sm" variant="ghost" onClick={() => { changeReplyDraft(conversationId, { text: '' }); notify.info('Text discarded', { undo: () => changeReplyDraft(conversationId, { text }) }); }}>Discard</Button>
        </span>
      </p>
      <p dir="auto" className="max-h-32 overflow-y-auto text-body break-words whitespace-pre-wrap">{text}</p>
    </section>
  );
}

/** Says once to screen readers that little time is left, and that it is over. */
function useSpokenWindow(conversationId: string, left: WindowLeft | null) {
  const state = left === null ? 'none' : !left.isOpen ? 'closed' : left.left < URGENT ? 'urgent' : 'open';
  const last = useRef({ conversationId, state });
  useEffect(() => {
    const before = last.current;
    last.current = { conversationId, state };
    if (before.conversationId !== conversationId || before.state === state) return;
    if (state === 'urgent') announce('Less than 15 minutes left to write free text.');
    if (state === 'closed') announce('The 24 hours are over. Only a template can be sent now. What you typed is kept.');
    if (state === 'open' && before.state === 'closed') announce('They wrote. Free text can be sent again.');
  }, [conversationId, state]);
}
