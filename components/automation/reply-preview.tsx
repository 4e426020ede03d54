'use client';

import { formatCount } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { countSegments } from '#server/channels/sms/segments.ts';

/** The answer as a bubble, with what it costs in segments; the try box shows it with the values of a person. */
export function ReplyPreview({ text, isMessageCounted }: { text: string; isMessageCounted: boolean }) {
  const { segments, encoding } = countSegments(text);
  return (
    <div className="min-w-0 self-start">
      <p className="text-body font-medium">How it looks</p>
      <p className="mt-1.5 w-fit max-w-full rounded-bubble rounded-bl-control border bg-surface px-3.5 py-2.5 text-body break-words whitespace-pre-wrap">{text.trim() || <span className="text-muted-foreground">Nothing yet</span>}</p>
      <p className="mt-1.5 flex flex-wrap items-center gap-1.5 text-caption text-muted-foreground">
        <Badge>{formatCount(segments, 'segment')}</Badge>{encoding === 'UCS-2' ? <Badge>Unicode: 70 characters each</Badge> : null}
        {isMessageCounted ? 'On WhatsApp it is one message. ' : ''}{/\{[{%]/.test(text) ? 'Placeholders count as typed.' : ''}
      </p>
    </div>
  );
}
