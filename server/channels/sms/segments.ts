// GSM 03.38 basic table (one septet each) and extension table (an escape and a septet).
const BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
const EXTENSION = new Set('\f^{}\\[~]|€');

const limits = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

export type SegmentCount = {
  encoding: 'GSM-7' | 'UCS-2';
  /** Billable parts; at least 1, also of an empty text. */
  segments: number;
  /** Septets (GSM-7) or UTF-16 units (UCS-2) used in all. */
  units: number;
  /** Units that fit in a part of a message of this length. */
  perSegment: number;
  /** Units left in the last part. */
  left: number;
  /** Characters that force UCS-2, each once, in order of appearance. */
  nonGsm: string[];
};

/**
 * How many billable segments a text has (3GPP TS 23.038): 160 septets or 70 UTF-16 units alone, 153 or 67 per part of several. An extension
 * character and a surrogate pair are never split over a boundary.
 */
export function countSegments(text: string): SegmentCount {
  const characters = [...text];
  const nonGsm = [...new Set(characters.filter((character) => !BASIC.has(character) && !EXTENSION.has(character)))];
  const encoding = nonGsm.length === 0 ? 'GSM-7' : 'UCS-2';
  const width = encoding === 'GSM-7' ? (character: string) => (EXTENSION.has(character) ? 2 : 1) : (character: string) => character.length;
  const units = characters.reduce((sum, character) => sum + width(character), 0);
  const { single, part } = limits[encoding];
  if (units <= single) return { encoding, segments: 1, units, perSegment: single, left: single - units, nonGsm };
  let segments = 1;
  let used = 0;
  for (const character of characters) {
    if (used + width(character) > part) { segments += 1; used = 0; }
    used += width(character);
  }
  return { encoding, segments, units, perSegment: part, left: part - used, nonGsm };
}
