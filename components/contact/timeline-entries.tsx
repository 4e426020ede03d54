'use client';

import { ListPlus, MessageSquare, NotebookPen, Reply, ShieldCheck, Upload, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { formatMoment } from '#components/format/time.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Timeline, TimelineEntry } from '#server/domain/contact/schema.ts';
import { optOutReason } from './words.ts';

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

const icons: Record<TimelineEntry['kind'], LucideIcon> = { message: MessageSquare, reply: Reply, consent: ShieldCheck, list: ListPlus, import: Upload, note: NotebookPen };

function told(entry: TimelineEntry): { title: ReactNode; detail: ReactNode } {
  switch (entry.kind) {
    case 'message': return { title: <Link href={`/deliveries?open=${entry.deliveryId}`} className="underline-offset-3 hover:underline">{entry.broadcastName}</Link>, detail: <MessageState entry={entry} /> };
    case 'reply': return { title: entry.isOptOut ? 'Left because of a broadcast' : 'Answered', detail: <Link href={`/broadcasts/${entry.broadcastId}`} className="underline underline-offset-3">{entry.broadcastName}</Link> };
    case 'consent': return consent(entry);
    case 'list': return { title: 'Joined a list', detail: <Link href={`/lists/${entry.slug}`} className="underline underline-offset-3">{entry.name}</Link> };
    case 'import': return { title: imports[entry.event], detail: entry.fileName ? `${entry.fileName}${entry.isUndone ? ', undone since' : ''}` : null };
    case 'note': return { title: entry.event === 'note' ? 'Note' : capitalised(entry.event), detail: entry.text };
  }
}

const imports = { made: 'Came with an import', changed: 'Changed by an import', added: 'Added' } as const;

const purposeWords = { broadcast: null, test: 'Test', reply: 'Answer', help: 'Answer to HELP' };

function MessageState({ entry }: { entry: Extract<TimelineEntry, { kind: 'message' }> }) {
  const look = deliveryLooks.find(({ state }) => state === entry.status);
  const facts = [purposeWords[entry.purpose], entry.reason ? capitalised(entry.reason) : null, entry.errorCode ? `code ${entry.errorCode}` : null].filter(Boolean);
  return <span className="flex flex-wrap items-center gap-x-2"><Status look="plain" family={look?.family ?? 'neutral'}>{look?.word ?? entry.status}</Status>{facts.length > 0 ? <span>{facts.join(', ')}</span> : null}</span>;
}

function consent({ event, source, fileName }: Extract<TimelineEntry, { kind: 'consent' }>) {
  const title = <Status look="plain" family={event === 'opted_out' ? 'optOut' : 'success'}>{event === 'opted_out' ? 'Opted out' : event === 'opted_in' ? 'New consent' : 'Consent'}</Status>;
  return { title, detail: event === 'opted_out' ? `${optOutReason(source)}${fileName ? ` File: ${fileName}` : ''}` : source };
}

const capitalised = (name: string) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ');
