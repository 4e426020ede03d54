'use client';

import { ListPlus, Megaphone, MessageSquare, NotebookPen, Reply, ShieldCheck, Upload, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatMoment } from '#components/format/time.ts';
import { Time } from '#components/ui/time.tsx';
import type { Timeline, TimelineEntry } from '#server/domain/contact/schema.ts';
import { ChatDetail, chatTitle, ConsentTitle, consentDetail, conversationHref, capitalised, link, MessageState } from './timeline-details.tsx';

type Zone = Timeline['zone'];

export function TimelineEntries({ entries, zone }: { entries: readonly TimelineEntry[]; zone: Zone }) {
  return (
    <ol className="divide-y">
      {entries.map((entry) => <Entry key={entry.id} entry={entry} zone={zone} />)}
    </ol>
  );
}

function Entry({ entry, zone }: { entry: TimelineEntry; zone: Zone }) {
  const Icon = icons[entry.kind];
  const { title, detail } = told(entry);
  return (
    <li className="flex gap-3 px-4 py-3">
      <Icon aria-hidden className="mt-1 size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="min-w-0 font-medium break-words">{title}</span>
          <Moment at={entry.at} zone={zone} />
        </p>
        {detail ? <div className="text-table break-words text-muted-foreground">{detail}</div> : null}
      </div>
    </li>
  );
}

/** The reader's time, and beside it the time that it was for the person. */
function Moment({ at, zone }: { at: string; zone: Zone }) {
  return (
    <span className="grid text-right text-table text-muted-foreground tabular-nums">
      <Time value={at} mode="absolute" />
      {zone ? <span className="text-caption" title={`${zone.name}${zone.isGuessed ? ', by their number' : ''}`}>{`${formatMoment(new Date(at), { zone: zone.name, withZone: true })} for them`}</span> : null}
    </span>
  );
}

const icons: Record<TimelineEntry['kind'], LucideIcon> = { message: Megaphone, chat: MessageSquare, reply: Reply, consent: ShieldCheck, list: ListPlus, import: Upload, note: NotebookPen };

function told(entry: TimelineEntry): { title: ReactNode; detail: ReactNode } {
  switch (entry.kind) {
    case 'message': return { title: <Link href={`/deliveries?open=${entry.deliveryId}`} className="underline-offset-3 hover:underline">{entry.broadcastName}</Link>, detail: <MessageState entry={entry} /> };
    case 'chat': return { title: chatTitle(entry), detail: <ChatDetail entry={entry} /> };
    case 'reply': return { title: entry.isOptOut ? 'Left because of a broadcast' : 'Answered', detail: <Link href={`/broadcasts/${entry.broadcastId}`} className={link}>{entry.broadcastName}</Link> };
    case 'consent': return { title: <ConsentTitle entry={entry} />, detail: consentDetail(entry) };
    case 'list': return { title: 'Joined a list', detail: <Link href={`/lists/${entry.slug}`} className={link}>{entry.name}</Link> };
    case 'import': return { title: imports[entry.event], detail: entry.fileName ? `${entry.fileName}${entry.isUndone ? ', undone since' : ''}` : null };
    case 'note': return { title: `${capitalised(entry.event)}${entry.by ? ` by ${entry.by}` : ''}`, detail: <NoteDetail entry={entry} /> };
  }
}

const imports = { made: 'Came with an import', changed: 'Changed by an import', added: 'Added' } as const;

const NoteDetail = ({ entry: { text, conversationId } }: { entry: Extract<TimelineEntry, { kind: 'note' }> }) => (
  <><p className="whitespace-pre-wrap text-foreground">{text}</p>{conversationId ? <Link href={conversationHref(conversationId)} className={link}>In the inbox</Link> : null}</>
);
