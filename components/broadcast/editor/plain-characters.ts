/** Characters that word processors put in, and what a phone shows the same without Unicode. */
const plain: Record<string, string> = {
  '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '´': "'", '`': "'",
  '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '″': '"',
  '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-',
  '…': '...', '•': '-', '·': '-', '×': 'x',
  '\u00a0': ' ', '\u2009': ' ', '\u202f': ' ', '\u200b': '', '\ufeff': '', '\t': ' ',
};

export const plainFor = (character: string): string | undefined => plain[character];

/** The text with every replaceable character replaced. */
export const withPlainCharacters = (text: string): string => [...text].map((character) => plain[character] ?? character).join('');

/** How to name a character that may be invisible: "’", or its code point for spaces and controls. */
export function characterName(character: string): string {
  if (!/^[\s\p{C}\p{Z}]$/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
