'use client';

import { formatCount, formatNumber } from '#components/format/number.ts';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { countSegments, type SegmentCount } from '#server/channels/sms/segments.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';
import { characterName, plainFor, withPlainCharacters } from '#server/channels/sms/plain-characters.ts';

type SegmentMeterProps = {
  /** The text as one person gets it. */
  text: string;
  /** Whose text was counted; nobody: the text as written. */
  person?: string;
  /** Over the whole audience, by the server. */
  audience?: PreviewView['segments'];
  onReplace: () => void;
};

/** What a text costs in segments, where it stands in the last one, and which characters make it dear. */
export function SegmentMeter({ text, person, audience, onReplace }: SegmentMeterProps) {
  const count = countSegments(text);
  const isEmpty = text === '';
  return (
    <div className="grid grid-cols-1 gap-2">
      <SegmentBar count={count} isEmpty={isEmpty} />
      <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-table text-muted-foreground tabular-nums">
        <span>{formatCount([...text].length, 'character')}</span>
        <span className="font-medium text-foreground">{isEmpty ? '0\u00a0segments' : formatCount(count.segments, 'segment')}</span>
        <span>{count.encoding === 'GSM-7' ? 'GSM-7 (plain)' : 'UCS-2 (Unicode)'}, {count.perSegment} per segment, {formatNumber(count.left)} left</span>
        {person ? <span>counted for {person}</span> : null}
      </p>
      {audience && audience.total > 0 ? (
        <p className="text-table text-muted-foreground tabular-nums">
          All recipients: {formatCount(audience.total, 'segment')}, the longest message has {formatNumber(audience.longest)}.
        </p>
      ) : null}
      {count.nonGsm.length > 0 ? <UnicodeNote text={text} count={count} onReplace={onReplace} /> : null}
    </div>
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

function UnicodeNote({ text, count, onReplace }: { text: string; count: SegmentCount; onReplace: () => void }) {
  const replaceable = count.nonGsm.filter((character) => plainFor(character)?.changesWord === false);
  const saved = count.segments - countSegments(withPlainCharacters(text)).segments;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control bg-warning-tint px-3 py-2 text-table text-warning-text">
      <span>
        {count.nonGsm.length === 1 ? 'This character forces' : 'These characters force'} Unicode, with 70 instead of 160 characters per segment:{' '}
        {count.nonGsm.slice(0, 12).map((character) => <code key={character} className="mr-1 rounded-control border border-current px-1 font-mono">{characterName(character)}</code>)}
        {count.nonGsm.length > 12 ? `and ${count.nonGsm.length - 12} more` : null}
      </span>
      {replaceable.length > 0 ? (
        <Button variant="link" size="sm" className="shrink justify-start text-left whitespace-normal text-warning-text" onClick={onReplace}>
          Replace {replaceable.slice(0, 3).map((character) => `${characterName(character)} by ${plainFor(character)?.text || 'nothing'}`).join(', ')}
          {replaceable.length > 3 ? ' …' : ''}{saved > 0 ? `: saves ${formatCount(saved, 'segment')} each` : ''}
        </Button>
      ) : null}
    </div>
  );
}
