import { keywordOf } from '#server/domain/opt-out/keyword.ts';

export type Match = 'exact' | 'starts_with' | 'contains';
export type Pattern = { match: Match; keyword: string };

const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/gu;
/** What a hand or a phone puts around a word; signs that may be a word themselves (#, %, emoji) stay. */
const EDGE = /^[\s.,;:!?¡¿…"'“”‘’„«»()[\]]+|[\s.,;:!?¡¿…"'“”‘’„«»()[\]]+$/gu;
/** A letter or digit of a script that puts blanks between its words. */
const WORD = /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}_]/u;

/** A text as it is compared: lower case, single blanks, one spelling of each character, without quotes and full stops around it. */
export function normalise(text: string): string {
  const plain = text.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  return plain.replace(EDGE, '') || plain;
}

/** Does a text that is normalised already fit? `starts_with` and `contains` take whole words only: "join" is not in "joining". */
export function matches({ match, keyword }: Pattern, text: string): boolean {
  if (keyword === '' || text === '') return false;
  if (match === 'exact') return text === keyword;
  if (match === 'starts_with') return text.startsWith(keyword) && isBorder(text, keyword.length);
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
    if (isBorder(text, at) && isBorder(text, at + keyword.length)) return true;
  }
  return false;
}

/** Does a word end or begin here? */
function isBorder(text: string, at: number): boolean {
  if (at === 0 || at === text.length) return true;
  // The marks of a letter, and half of a pair, belong to what stands before them.
  const code = text.charCodeAt(at);
  if (/^\p{M}/u.test(text.slice(at)) || code === 0x200d || (code >= 0xdc00 && code <= 0xdfff)) return false;
  const before = /.$/su.exec(text.slice(Math.max(0, at - 2), at))![0];
  return !(WORD.test(before) && WORD.test(text.slice(at)));
}

/** Every text that the second fits is one that the first fits as well, so after the first the second never gets any. */
export function covers(first: Pattern, second: Pattern): boolean {
  if (first.match === 'exact') return second.match === 'exact' && first.keyword === second.keyword;
  if (first.match === 'starts_with' && second.match === 'contains') return false;
  return matches(first, second.keyword);
}

export type Reserved = 'STOP' | 'START' | 'HELP';

/** Twilio's words besides those that are obeyed here: YES comes back at Twilio, INFO asks for help (facts/twilio.md §5). */
const OTHERS = new Map<string, Reserved>([['yes', 'START'], ['start', 'START'], ['unstop', 'START'], ['help', 'HELP'], ['info', 'HELP']]);

/** Is the whole text one of the words that carriers and Twilio answer themselves? Then no rule ever acts on it, in whatever case or quotes it stands. */
export function reservedOf(text: string): Reserved | null {
  const plain = normalise(text);
  return keywordOf(plain) ?? OTHERS.get(plain) ?? null;
}

/** Words shorter than this are one letter from too many others. */
const LEAST_LETTERS = 4;

/** A typing mistake away: one letter more, less, another, or two neighbours swapped (Damerau-Levenshtein distance of exactly 1). */
export function isNear(text: string, keyword: string): boolean {
  const [a, b] = [[...text], [...keyword]];
  if (b.length < LEAST_LETTERS || text === keyword || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const tail = (letters: string[], skip: number) => letters.slice(from + skip).join('\u0000');
  if (a.length > b.length) return tail(a, 1) === tail(b, 0);
  if (a.length < b.length) return tail(a, 0) === tail(b, 1);
  const isSwapped = a[from] === b[from + 1] && a[from + 1] === b[from] && tail(a, 2) === tail(b, 2);
  return tail(a, 1) === tail(b, 1) || isSwapped;
}
