'use client';

import { formatCount, formatNumber } from '#components/format/number.ts';
import { classNames } from '#components/ui/class-names.ts';
import { deferred } from '#components/ui/deferred.tsx';
import { countSegments, type SegmentCount } from '#server/channels/sms/segments.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import { SegmentCuts } from './segment-cuts.tsx';
import type { ReplaceCharacters } from './unicode-note.tsx';

const note = deferred(() => import('./unicode-note.tsx'));

type SegmentMeterProps = {
  /** The text as one person gets it, with its opt-out line. */
  text: string;
  /** Whose text was counted; nobody: the text as written. */
  person?: string;
  /** Over the whole audience, by the server. */
  audience?: PreviewView | undefined;
  /** The text as written, which is where characters can be replaced. */
  written: string;
  /** Replaces characters wherever the author wrote them. */
  onReplace: ReplaceCharacters;
};

/** What a text costs in segments, where it is cut, and which characters make it dear. */
export function SegmentMeter({ text, person, audience, written, onReplace }: SegmentMeterProps) {
  const count = countSegments(text);
  const isEmpty = text === '';
  const unicode = note.use(count.nonGsm.length > 0);
  return (
    <section aria-label="Segments" className="grid grid-cols-1 gap-2">
      <SegmentBar count={count} isEmpty={isEmpty} />
      <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-table text-muted-foreground tabular-nums">
        <span>{formatCount([...text].length, 'character')}</span>
        <span className="font-medium text-foreground">{isEmpty ? '0\u00a0segments' : formatCount(count.segments, 'segment')}</span>
        <span>{count.encoding === 'GSM-7' ? 'GSM-7 (plain)' : 'UCS-2 (Unicode)'}, {count.perSegment} per segment, {formatNumber(count.left)} left</span>
        {person ? <span>counted for {person}</span> : null}
      </p>
      {audience && audience.segments.total > 0 ? <OverAudience preview={audience} /> : null}
      {count.nonGsm.length > 0 && unicode ? <unicode.UnicodeNote text={text} count={count} audience={audience} written={written} onReplace={onReplace} /> : null}
      {count.segments > 1 ? <SegmentCuts text={text} /> : null}
    </section>
  );
}

function OverAudience({ preview: { segments, recipients } }: { preview: PreviewView }) {
  const isSame = segments.shortest === segments.longest;
  return (
    <p className="text-table text-muted-foreground tabular-nums">
      {segments.isSample ? 'Worked out from a sample of' : 'Over all'} {formatCount(recipients, 'recipient')}:{' '}
      {isSame ? `each ${formatCount(segments.longest, 'segment')}` : `at best ${formatNumber(segments.shortest)}, typically ${formatNumber(segments.perMessage)}, at worst ${formatCount(segments.longest, 'segment')}`}; {formatNumber(segments.total)} together.
    </p>
  );
}

const MOST_BARS = 10;

function SegmentBar({ count, isEmpty }: { count: SegmentCount; isEmpty: boolean }) {
  const bars = Math.min(count.segments, MOST_BARS);
  const lastShare = isEmpty ? 0 : (count.perSegment - count.left) / count.perSegment;
  return (
    <div aria-hidden className="flex h-1.5 gap-1">
      {Array.from({ length: bars }, (_, index) => (
        <div key={index} className="flex-1 overflow-hidden rounded-full bg-hover forced-colors:border">
          <div
            className={classNames('h-full rounded-full forced-colors:bg-[Highlight]', count.encoding === 'UCS-2' ? 'bg-warning-fill' : 'bg-primary')}
            style={{ width: `${index === bars - 1 ? lastShare * 100 : 100}%` }}
          />
        </div>
      ))}
    </div>
  );
}
