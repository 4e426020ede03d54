import { isGsm } from './segments.ts';

/** Characters that word processors put in, and what says the same without Unicode. */
const plain: Record<string, string> = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '´': "'", '`': "'",
  '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '″': '"',
  '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-',
  '…': '...', '•': '-', '·': '-', '×': 'x',
  '\u00a0': ' ', '\u2007': ' ', '\u2009': ' ', '\u200a': ' ', '\u202f': ' ', '\u200b': '', '\u2060': '', '\ufeff': '', '\t': ' ',
};

/**
 * What a character that forces Unicode can be replaced by. `changesWord`: another letter stands there then (ê → e), which is for a person to decide.
 * Null: there is nothing like it.
 */
export function plainFor(character: string): { text: string; changesWord: boolean } | null {
  const known = plain[character];
  if (known !== undefined) return { text: known, changesWord: false };
  const base = character.normalize('NFD').replace(/\p{M}/gu, '');
  return base !== '' && base !== character && [...base].every(isGsm) ? { text: base, changesWord: true } : null;
}

/** The text with these characters replaced; without a choice, with all that can be replaced without changing a word. */
export function withPlainCharacters(text: string, chosen?: readonly string[]): string {
  return [...text].map((character) => {
    if (isGsm(character)) return character;
    const replacement = plainFor(character);
    return replacement && (chosen ? chosen.includes(character) : !replacement.changesWord) ? replacement.text : character;
  }).join('');
}

const invisible: Record<string, string> = { '\u00a0': 'no-break space', '\u202f': 'narrow space', '\u2009': 'thin space', '\u200b': 'zero-width space', '\ufeff': 'byte order mark', '\t': 'tab', '\u200d': 'joiner', '\ufe0f': 'emoji style' };

/** How to name a character that may be invisible: "’", "no-break space", or its code point. */
export function characterName(character: string): string {
  if (invisible[character]) return invisible[character];
  if (!/^[\s\p{C}\p{Z}\p{M}]$/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
