/** A text as WhatsApp shows it, as a tree: whoever draws it makes elements of it, never HTML from a string. */
export type Mark =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike'; children: Mark[] }
  | { type: 'mono'; text: string }
  | { type: 'link'; href: string; text: string };

const kinds: Record<string, 'bold' | 'italic' | 'strike'> = { '*': 'bold', _: 'italic', '~': 'strike' };
const DEEPEST = 6; // marks inside of marks

/** *bold*, _italic_, ~strike~, ```mono``` and links. A mark holds within one line and hugs its words; what is not closed stays as it is written. */
export function parseMarks(text: string, depth = 0): Mark[] {
  const marks: Mark[] = [];
  let plain = '';
  const flush = () => { if (plain !== '') marks.push({ type: 'text', text: plain }); plain = ''; };
  for (let at = 0; at < text.length;) {
    const found = markAt(text, at, depth);
    if (found) { flush(); marks.push(found.mark); at = found.end; } else plain += text[at++];
  }
  flush();
  return marks;
}

function markAt(text: string, at: number, depth: number): { mark: Mark; end: number } | null {
  if (text.startsWith('```', at)) return monoAt(text, at);
  if (/^(?:https?:\/\/|www\.)/i.test(text.slice(at, at + 8)) && isEdge(text[at - 1])) return linkAt(text, at);
  const type = kinds[text[at]!];
  if (!type || depth >= DEEPEST || !isEdge(text[at - 1]) || isBlank(text[at + 1])) return null;
  const end = closingOf(text, at);
  return end === null ? null : { mark: { type, children: parseMarks(text.slice(at + 1, end), depth + 1) }, end: end + 1 };
}

function monoAt(text: string, at: number): { mark: Mark; end: number } | null {
  const end = text.indexOf('```', at + 3);
  return end <= at + 3 ? null : { mark: { type: 'mono', text: text.slice(at + 3, end) }, end: end + 3 };
}

/** Only these schemes become links, so no text can make one that runs something. The full stop after an address is not part of it. */
function linkAt(text: string, at: number): { mark: Mark; end: number } | null {
  const address = /^\S+/.exec(text.slice(at))![0].replace(/[.,;:!?)\]}'"*_~]+$/, '');
  const href = /^www\./i.test(address) ? `https://${address}` : address;
  return URL.canParse(href) && new URL(href).hostname.includes('.') ? { mark: { type: 'link', href, text: address }, end: at + address.length } : null;
}

function closingOf(text: string, at: number): number | null {
  const line = text.indexOf('\n', at);
  const last = line < 0 ? text.length : line;
  for (let end = text.indexOf(text[at]!, at + 2); end > 0 && end < last; end = text.indexOf(text[at]!, end + 1)) {
    if (!isBlank(text[end - 1]) && isEdge(text[end + 1])) return end;
  }
  return null;
}

const isBlank = (char: string | undefined) => char === undefined || /\s/.test(char);
const isEdge = (char: string | undefined) => char === undefined || !/[\p{L}\p{N}]/u.test(char);

/** Languages that are written from right to left. */
export const isRightToLeft = (language: string): boolean => ['ar', 'he', 'fa', 'ur'].includes(language.split('_')[0]!);
