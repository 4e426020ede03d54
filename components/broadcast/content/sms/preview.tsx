import type { ChannelPreviewProps } from '#components/broadcast/content/content-panel.ts';
import { PhonePreview } from '#components/broadcast/editor/phone-preview.tsx';
import { formatCount } from '#components/format/number.ts';
import { Badge } from '#components/ui/badge.tsx';
import { countSegments } from '#server/channels/sms/segments.ts';

/** The one text on a phone, with its segments. */
export function SmsPreview({ from, sample, index, count, onStep, id }: ChannelPreviewProps) {
  const { text, skip } = sample;
  const isEmpty = text.trim() === '';
  return (
    <PhonePreview from={from} sample={sample} index={index} count={count} onStep={onStep} id={id} facts={isEmpty ? null : <Badge>{formatCount(countSegments(text).segments, 'segment')}</Badge>}>
      {isEmpty ? (
        <p className="m-auto max-w-48 text-center text-table text-muted-foreground">{skip ? 'No message for this person.' : 'The message shows here while you write it.'}</p>
      ) : (
        <p className="mr-8 self-start rounded-bubble rounded-bl-[4px] bg-hover px-3.5 py-2 text-body break-words whitespace-pre-wrap">{text}</p>
      )}
    </PhonePreview>
  );
}
