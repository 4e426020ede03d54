import type { QuickReplyView } from '#server/domain/conversation/schema.ts';

/** What stands between a slash that begins a word and the cursor: the name that is looked for, and where it begins. */
export function slashAt(text: string, cursor: number): { from: number; typed: string } | null {
  const found = /(?:^|\s)\/([^\s/]{0,60})$/.exec(text.slice(0, cursor));
  return found ? { from: cursor - (found[1]?.length ?? 0) - 1, typed: found[1] ?? '' } : null;
}

const MOST = 8;

/** Those whose name begins so, then those that have it anywhere in their name or text. */
export function matchingReplies(replies: readonly QuickReplyView[], typed: string): QuickReplyView[] {
  const wanted = typed.toLowerCase();
  const rank = ({ name, text }: QuickReplyView) => (name.toLowerCase().startsWith(wanted) ? 0 : name.toLowerCase().includes(wanted) ? 1 : text.toLowerCase().includes(wanted) ? 2 : 3);
  return replies.filter((reply) => rank(reply) < 3).toSorted((one, other) => rank(one) - rank(other)).slice(0, MOST);
}
