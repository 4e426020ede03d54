'use client';

import { Bot, Megaphone, StickyNote } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { deliveryLooks } from '#components/broadcast/delivery-states.ts';
import { useHydrated } from '#components/draft/use-hydrated.ts';
import { formatUnitPrice } from '#components/format/money.ts';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Status } from '#components/ui/status.tsx';
import type { MessageView } from '#server/domain/conversation/schema.ts';
import { ClockTime } from './clock-time.tsx';
import { eventWords } from './event-words.ts';
import { MediaList } from './media.tsx';

type BubbleProps = { message: MessageView; title: string; onWriteAgain: (text: string) => void; onTemplate: (() => void) | null };

const looks = {
  inbound: 'rounded-bl-[4px] bg-hover', outbound: 'rounded-br-[4px] bg-selected', broadcast: 'rounded-br-[4px] border bg-surface',
  note: 'rounded-br-[4px] border border-dashed border-warning-fill bg-warning-tint/50',
};

/** One entry of a thread: their words left, ours right, notes apart, what colleagues did as a line. All words are text, never markup. */
export function Bubble({ message, title, onWriteAgain, onTemplate }: BubbleProps) {
  const { kind, direction, body, media, author, rule, broadcast } = message;
  if (kind === 'event') return <EventLine message={message} />;
  const isTheirs = kind === 'message' && direction === 'inbound';
  const look = kind === 'message' ? direction : kind;
  return (
    <div className={classNames('flex flex-col', isTheirs ? 'items-start pr-8 sm:pr-16' : 'items-end pl-8 sm:pl-16')}>
      <p className="sr-only">{kind === 'note' ? `Note by ${author?.name ?? 'a colleague'}` : isTheirs ? `${title} wrote` : `${author?.name ?? rule?.name ?? 'We'} wrote`}</p>
      {kind === 'broadcast' && broadcast ? <Origin icon={<Megaphone aria-hidden />} href={`/broadcasts/${broadcast.id}`}>{broadcast.name}</Origin> : null}
      <div className={classNames('max-w-full rounded-bubble px-3.5 py-2', looks[look])}>
        {kind === 'note' ? <p className="mb-0.5 flex items-center gap-1.5 text-caption font-medium text-warning-text"><StickyNote aria-hidden className="size-3.5 shrink-0" />Note, only colleagues see it</p> : null}
        {media.length > 0 ? <MediaList media={media} from={isTheirs ? title : 'us'} /> : null}
        <Extra extra={message.extra} />
        {body === '' ? null : <p dir="auto" className="text-body break-words whitespace-pre-wrap">{body}</p>}
      </div>
      {isTheirs && broadcast ? <Origin icon={<Megaphone aria-hidden />} href={`/broadcasts/${broadcast.id}`}>Answers {broadcast.name}</Origin> : null}
      <Foot message={message} isTheirs={isTheirs} />
      <Failure message={message} onWriteAgain={onWriteAgain} onTemplate={onTemplate} />
    </div>
  );
}

/** The server does not know the reader's zone and says UTC. */
function EventLine({ message }: { message: MessageView }) {
  const zone = useHydrated() ? undefined : 'UTC';
  return <p className="px-4 py-1 text-center text-caption text-pretty text-muted-foreground">{eventWords(message, zone)} · <ClockTime value={message.createdAt} /></p>;
}

/** Where a message came from, or what it answers. */
function Origin({ icon, href, children }: { icon: ReactNode; href: string; children: ReactNode }) {
  return <Link href={href} className="my-0.5 inline-flex max-w-full items-center gap-1 py-0.5 text-caption text-link underline-offset-3 hover:underline pointer-coarse:py-2.5 [&_svg]:size-3.5 [&_svg]:shrink-0">{icon}<span className="min-w-0 truncate">{children}</span></Link>;
}

function Foot({ message: { author, rule, delivery, createdAt }, isTheirs }: { message: MessageView; isTheirs: boolean }) {
  const look = delivery ? deliveryLooks.find(({ state }) => state === delivery.status) : undefined;
  return (
    <p className="mt-0.5 flex max-w-full flex-wrap items-center gap-x-1.5 text-caption text-muted-foreground">
      {isTheirs ? null : author ? <span className="min-w-0 truncate">{author.name}</span> : rule ? <span className="inline-flex min-w-0 items-center gap-1"><Bot aria-hidden className="size-3.5 shrink-0" /><span className="truncate">{rule.name}</span></span> : null}
      <ClockTime value={createdAt} />
      {look ? <Status family={look.family} look="plain" className="text-caption text-muted-foreground">{look.word}</Status> : null}
      {delivery?.cost ? <span className="tabular-nums">{formatUnitPrice(delivery.cost.value, delivery.cost.unit)}</span> : null}
    </p>
  );
}

const isLost = (status: string) => status === 'failed' || status === 'undelivered' || status === 'skipped' || status === 'cancelled';

/** What became of a message that did not arrive, and the ways on. */
function Failure({ message: { kind, body, delivery }, onWriteAgain, onTemplate }: Omit<BubbleProps, 'title'>) {
  if (!delivery || kind !== 'message') return null;
  if (!isLost(delivery.status)) return delivery.errorReason ? <p className="max-w-prose text-right text-caption text-warning-text">{delivery.errorReason}</p> : null;
  return (
    <div className="mt-1 grid max-w-prose justify-items-end gap-1">
      <p className="text-right text-caption text-pretty text-destructive">{delivery.errorReason ?? 'It did not arrive.'}{delivery.errorCode ? <span className="text-muted-foreground"> Twilio {delivery.errorCode}</span> : null}</p>
      <div className="flex flex-wrap justify-end gap-2">
        {body.trim() === '' ? null : <Button size="sm" onClick={() => onWriteAgain(body)}>Write again</Button>}
        {onTemplate ? <Button size="sm" onClick={onTemplate}>Use a template</Button> : null}
      </div>
    </div>
  );
}

/** What a channel tells besides the words. */
function Extra({ extra }: { extra: MessageView['extra'] }) {
  const button = textIn(extra, 'buttonText');
  const place = extra['location'];
  const spot = typeof place === 'object' && place !== null && 'latitude' in place && 'longitude' in place ? `${String(place.latitude)}, ${String(place.longitude)}` : null;
  if (!button && !spot && extra['forwarded'] !== true) return null;
  return (
    <p className="flex flex-wrap gap-x-2 text-caption text-muted-foreground">
      {button ? <span>Pressed a button</span> : null}
      {spot ? <span>Place: {spot}</span> : null}
      {extra['forwarded'] === true ? <span>Forwarded</span> : null}
    </p>
  );
}

const textIn = (extra: MessageView['extra'], name: string): string | null => { const value = extra[name]; return typeof value === 'string' && value !== '' ? value : null; };
