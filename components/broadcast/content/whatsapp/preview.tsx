'use client';

import type { ChannelPreviewProps } from '#components/broadcast/content/content-panel.ts';
import { skipWords } from '#components/broadcast/content/skip-words.ts';
import { PhonePreview } from '#components/broadcast/editor/phone-preview.tsx';
import { TemplateBubble } from '#components/template/preview/template-bubble.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { formatNumber } from '#components/format/number.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import type { PinnedView } from '#server/domain/template/schema.ts';
import { bubbleOf } from './bubble-of.ts';

type Message = NonNullable<PreviewView['samples'][number]['other']>;

/** Both messages of one person: what they get inside of the 24 hours, and what outside of them. */
export function WhatsappPreview({ pinned, mediaUrls, preview, ...phone }: ChannelPreviewProps) {
  const { sample } = phone;
  const sides = [
    { key: 'inside', title: 'Wrote within 24 hours', isOpen: true, people: preview?.insideWindow }, { key: 'outside', title: 'Everybody else', isOpen: false, people: preview?.outsideWindow },
  ];
  const isEmpty = !pinned && sample.text.trim() === '' && mediaUrls.length === 0;
  return (
    <PhonePreview {...phone} hasNote={false}>
      {isEmpty ? <p className="m-auto max-w-48 text-center text-table text-muted-foreground">Choose a template, and the message shows here.</p> : sides.map(({ key, title, isOpen, people }) => {
        const message = sample.isWindowOpen === isOpen ? sample : sample.other;
        return (
          <section key={key} aria-label={title} className="grid min-w-0 gap-1 [&+section]:mt-3">
            <p className="flex flex-wrap items-center justify-between gap-1 text-caption text-muted-foreground">
              <span>{people === undefined ? title : `${title}: ${formatNumber(people)}`}</span>{sample.isReal && sample.isWindowOpen === isOpen ? <Badge>Gets this now</Badge> : null}
            </p>
            {message ? <Bubble message={message} name={sample.name} pinned={pinned} mediaUrls={mediaUrls} /> : <p className="text-table text-muted-foreground">…</p>}
          </section>
        );
      })}
    </PhonePreview>
  );
}

function Bubble({ message, name, pinned, mediaUrls }: { message: Message; name: string; pinned: PinnedView | null; mediaUrls: string[] }) {
  if (message.skip !== null) return <p className="rounded-control border border-dashed px-3 py-2 text-table text-muted-foreground">{`${name} ${skipWords(message.skip)}${message.missing.length > 0 ? ` (${message.missing.join(', ')})` : ''}.`}</p>;
  return <TemplateBubble text={bubbleOf(message, pinned, mediaUrls)} language={message.method === 'template' && pinned ? pinned.language : ''} />;
}
