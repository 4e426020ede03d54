'use client';

import { formatMoney } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { Button } from '#components/ui/button.tsx';
import { characterName, plainFor, withPlainCharacters } from '#server/channels/sms/plain-characters.ts';
import { countSegments, type SegmentCount } from '#server/channels/sms/segments.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type UnicodeNoteProps = { text: string; count: SegmentCount; audience: PreviewView | undefined; onReplace: (characters: string[]) => void };

const MOST = 16;

/** Which characters force Unicode, each with what may stand in its place, and what that saves. */
export function UnicodeNote({ text, count, audience, onReplace }: UnicodeNoteProps) {
  const shown = count.nonGsm.slice(0, MOST).map((character) => ({ character, plain: plainFor(character) }));
  const replaceable = count.nonGsm.filter((character) => plainFor(character)?.changesWord === false);
  const saved = count.segments - countSegments(withPlainCharacters(text)).segments;
  return (
    <div className="grid grid-cols-1 gap-2 rounded-control bg-warning-tint px-3 py-2 text-table text-warning-text">
      <p>{count.nonGsm.length === 1 ? 'This character forces' : 'These characters force'} Unicode, with 70 instead of 160 characters per segment:</p>
      <ul className="flex flex-wrap gap-1.5">
        {shown.map(({ character, plain }) => (
          <li key={character}>
            {plain ? (
              <Button size="sm" className="font-mono" aria-label={`Replace ${characterName(character)} by ${plain.text === ' ' ? 'a space' : plain.text || 'nothing'}`} onClick={() => onReplace([character])}>
                {characterName(character)} → {plain.text === ' ' ? 'space' : plain.text || 'nothing'}
              </Button>
            ) : <code className="inline-flex h-8 items-center rounded-control border border-current px-2 font-mono">{characterName(character)}</code>}
          </li>
        ))}
        {count.nonGsm.length > MOST ? <li className="self-center">and {count.nonGsm.length - MOST} more</li> : null}
      </ul>
      {replaceable.length > 0 ? (
        <Button variant="link" size="sm" className="shrink justify-start text-left whitespace-normal text-warning-text" onClick={() => onReplace(replaceable)}>
          {replaceable.length > 1 ? `Replace all ${replaceable.length}` : 'Replace it'}{saved > 0 ? `: saves ${savedInWords(saved, audience)}` : ''}
        </Button>
      ) : null}
    </div>
  );
}

/** "2 segments each, about $169.00 for 10,680 people". */
function savedInWords(segments: number, audience: PreviewView | undefined): string {
  const each = `${formatCount(segments, 'segment')} each`;
  if (!audience || audience.recipients === 0) return each;
  const amount = Number(audience.estimate.perSegment) * segments * audience.recipients;
  return `${each}, about ${formatMoney(amount.toFixed(6), audience.estimate.currency)} for ${formatCount(audience.recipients, 'person', 'people')}`;
}
