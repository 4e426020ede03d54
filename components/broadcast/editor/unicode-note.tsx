'use client';

import { formatMoney } from '#components/format/money.ts';
import { formatCount } from '#components/format/number.ts';
import { Button } from '#components/ui/button.tsx';
import { characterName, plainFor, withPlainCharacters } from '#server/channels/sms/plain-characters.ts';
import { countSegments, type SegmentCount } from '#server/channels/sms/segments.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

/** `plain` gives a text with the plain characters in the place of the others. */
export type ReplaceCharacters = (plain: (text: string) => string) => void;

type UnicodeNoteProps = {
  text: string; count: SegmentCount; audience: PreviewView | undefined;
  /** What the author wrote; other characters come from this person's values. */
  written: string;
  onReplace: ReplaceCharacters;
};

const MOST = 16;

/** Which characters force Unicode, each with what may stand in its place, and what that saves. */
export function UnicodeNote({ text, count, audience, written, onReplace }: UnicodeNoteProps) {
  const replace = (characters: string[]) => onReplace((original) => withPlainCharacters(original, characters));
  const own = count.nonGsm.filter((character) => written.includes(character));
  const fromValues = count.nonGsm.filter((character) => !written.includes(character));
  const replaceable = own.filter((character) => plainFor(character)?.changesWord === false);
  const saved = count.segments - countSegments(withPlainCharacters(text, replaceable)).segments;
  return (
    <div className="grid grid-cols-1 gap-2 rounded-control bg-warning-tint px-3 py-2 text-table text-warning-text">
      {own.length > 0 ? <p>{own.length === 1 ? 'This character forces' : 'These characters force'} Unicode, with 70 instead of 160 characters per segment:</p> : null}
      {own.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {own.slice(0, MOST).map((character) => <li key={character}><Culprit character={character} onReplace={() => replace([character])} /></li>)}
          {own.length > MOST ? <li className="self-center">and {own.length - MOST} more</li> : null}
        </ul>
      ) : null}
      {replaceable.length > 0 ? (
        <Button variant="link" size="sm" className="shrink justify-start text-left whitespace-normal text-warning-text" onClick={() => replace(replaceable)}>
          {replaceable.length > 1 ? `Replace all ${replaceable.length}` : 'Replace it'}{saved > 0 ? `: saves ${savedInWords(saved, audience)}` : ''}
        </Button>
      ) : null}
      {fromValues.length > 0 ? <p>In this person’s values {fromValues.slice(0, MOST).map((character) => `“${characterName(character)}”`).join(', ')} {own.length > 0 ? 'also ' : ''}{fromValues.length === 1 ? 'forces' : 'force'} Unicode, for this message only.</p> : null}
    </div>
  );
}

/** One character: a button where something may stand in its place. */
function Culprit({ character, onReplace }: { character: string; onReplace: () => void }) {
  const plain = plainFor(character);
  const name = characterName(character);
  if (!plain) return <code className="inline-flex h-8 items-center rounded-control border border-current px-2 font-mono">{name}</code>;
  return <Button size="sm" className="font-mono" onClick={onReplace}><span className="sr-only">Replace </span>{name} → {plain.text === ' ' ? 'space' : plain.text || 'nothing'}</Button>;
}

/** "2 segments each, about $169.00 for 10,680 people". */
function savedInWords(segments: number, audience: PreviewView | undefined): string {
  const each = `${formatCount(segments, 'segment')} each`;
  if (!audience || audience.recipients === 0) return each;
  const amount = Number(audience.estimate.perSegment) * segments * audience.recipients;
  return `${each}, about ${formatMoney(amount.toFixed(6), audience.estimate.currency)} for ${formatCount(audience.recipients, 'person', 'people')}`;
}
