/**
 * How many SMS segments Twilio would bill. Written apart from the application's counter on purpose: the simulator is the other opinion.
 * GSM 03.38: 160 septets alone, 153 per part; UCS-2: 70 UTF-16 units alone, 67 per part.
 */

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Segments of `body`; an empty body is one segment, as Twilio bills it (media only). */
export function countSegments(body: string): number {
  const septets = gsmSizes(body);
  if (septets) return parts(septets, 160, 153);
  return parts(unicodeSizes(body), 70, 67);
}

/** Whether every character of `body` fits the GSM-7 alphabet. */
export function isGsm7(body: string): boolean {
  return gsmSizes(body) !== null;
}

function gsmSizes(body: string): number[] | null {
  const sizes: number[] = [];
  for (const character of body) {
    if (BASIC.has(character)) sizes.push(1);
    else if (EXTENDED.has(character)) sizes.push(2);
    else return null;
  }
  return sizes;
}

function unicodeSizes(body: string): number[] {
  const sizes: number[] = [];
  for (const character of body) sizes.push(character.length);
  return sizes;
}

/** An escape pair or a surrogate pair never straddles two parts, so parts are filled greedily. */
function parts(sizes: number[], alone: number, each: number): number {
  let total = 0;
  for (const size of sizes) total += size;
  if (total <= alone) return 1;
  let count = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      count++;
      used = 0;
    }
    used += size;
  }
  return count;
}
