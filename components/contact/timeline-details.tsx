import Link from 'next/link';
import { deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { channelNames } from '#components/format/channel.ts';
import { formatPhone } from '#components/format/phone.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { TimelineEntry } from '#server/domain/contact/schema.ts';
import { consentSourceWords } from './words.ts';

type Of<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;

export const link = 'underline underline-offset-3';
export const conversationHref = (id: string) => `/inbox?view=all&c=${id}`;
export const capitalised = (name: string) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ');

/** What became of a message, with Twilio's reports folded. */
export function MessageState({ entry }: { entry: Of<'message'> }) {
  const facts = [entry.purpose === 'test' ? 'Test' : null, channelNames[entry.channel], entry.reason ? capitalised(entry.reason) : null, entry.errorCode ? `code ${entry.errorCode}` : null].filter(Boolean);
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2"><DeliveryState status={entry.status} /><span>{facts.join(', ')}</span></span>
      {entry.events.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer rounded-control pointer-coarse:py-2.5">{entry.events.length === 1 ? '1 report of Twilio' : `${entry.events.length} reports of Twilio`}</summary>
          <ol className="mt-1">{entry.events.map((event) => <li key={`${event.type} ${event.at} ${event.errorCode}`}>{capitalised(event.type)}{event.errorCode ? `, code ${event.errorCode}` : ''} · <Time value={event.at} mode="absolute" /></li>)}</ol>
        </details>
      ) : null}
    </>
  );
}

function DeliveryState({ status }: { status: string }) {
  const look = deliveryLooks.find(({ state }) => state === status);
  return <Status look="plain" family={look?.family ?? 'neutral'}>{look?.word ?? status}</Status>;
}

export function chatTitle({ direction, author, rule }: Of<'chat'>): string {
  if (direction === 'inbound') return 'They wrote';
  if (author) return `${author} answered`;
  return rule ? `The keyword rule “${rule}” answered` : 'We answered';
}

export function ChatDetail({ entry: { body, media, channel, status, conversationId, broadcastId, broadcastName } }: { entry: Of<'chat'> }) {
  return (
    <>
      {body ? <p className="whitespace-pre-wrap text-foreground">{body}</p> : null}
      <span className="flex flex-wrap items-center gap-x-2">
        {status ? <DeliveryState status={status} /> : null}
        <span>{channelNames[channel]}{media > 0 ? `, ${media === 1 ? '1 file' : `${media} files`}` : ''}</span>
        {broadcastId ? <span>to <Link href={`/broadcasts/${broadcastId}`} className={link}>{broadcastName}</Link></span> : null}
        <Link href={conversationHref(conversationId)} className={link}>In the inbox</Link>
      </span>
    </>
  );
}

const consentWords: Record<Of<'consent'>['event'], string> = { opted_out: 'Opted out', opted_in: 'New consent', consent: 'Consent' };

export function ConsentTitle({ entry: { event, sender, isSlip } }: { entry: Of<'consent'> }) {
  return <Status look="plain" family={event === 'opted_out' ? 'optOut' : 'success'}>{isSlip ? 'Opt-out taken back' : consentWords[event]}{sender ? `, ${event === 'opted_out' ? 'from' : 'for'} ${formatPhone(sender)} only` : ''}</Status>;
}

/** By what, with what proof, by whom. */
export function consentDetail({ event, source, words, word, note, by, fileName, channel, errorCode, isSlip }: Of<'consent'>): string {
  const from = isSlip ? 'It was a slip.' : !source ? null : consentSourceWords(source, event === 'opted_out' ? 'opt_out' : 'opt_in');
  const facts = [from, words ? `“${words}”` : null, word ? `They wrote “${word}”.` : null, note ? `“${note}”` : null, errorCode ? `Code ${errorCode}.` : null, channel ? `Channel: ${channel}.` : null, fileName ? `File: ${fileName}.` : null, by ? `By ${by}.` : null];
  return facts.filter(Boolean).join(' ');
}
