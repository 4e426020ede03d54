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
  const { cuts, ...count } = splitSegments(text);
  return { ...count, segments: cuts.length + 1 };
}

/** The same with where the text is cut: offsets into it at which the second segment and those after it begin. */
export function splitSegments(text: string): Omit<SegmentCount, 'segments'> & { cuts: number[] } {
  const characters = [...text];
  const nonGsm = [...new Set(characters.filter((character) => !isGsm(character)))];
  const encoding = nonGsm.length === 0 ? 'GSM-7' : 'UCS-2';
  const width = encoding === 'GSM-7' ? (character: string) => (EXTENSION.has(character) ? 2 : 1) : (character: string) => character.length;
  const units = characters.reduce((sum, character) => sum + width(character), 0);
  const { single, part } = limits[encoding];
  if (units <= single) return { encoding, units, perSegment: single, left: single - units, nonGsm, cuts: [] };
  const cuts: number[] = [];
  let [used, offset] = [0, 0];
  for (const character of characters) {
    if (used + width(character) > part) { cuts.push(offset); used = 0; }
    used += width(character);
    offset += character.length;
  }
  return { encoding, units, perSegment: part, left: part - used, nonGsm, cuts };
}

/** True when a phone shows the character without Unicode. */
export const isGsm = (character: string): boolean => BASIC.has(character) || EXTENSION.has(character);

/** The characters of GSM 03.38, those that count once and those that count twice. */
export const gsmCharacters = { once: [...BASIC].join(''), twice: [...EXTENSION].join('') };
