/** One emoji as Unicode names and groups it: 🎉, "party popper", "Activities". */
export type Emoji = { text: string; name: string; group: string };

/** The name that is being typed at the cursor after a colon of its own: where it begins and what stands in it so far; null when there is none. Two letters at least: ":)" and "at 9:30" are none. */
export function openEmojiName(text: string, cursor: number): { from: number; typed: string } | null {
  const found = /(?:^|\s):([a-z][a-z_-]+)$/i.exec(text.slice(0, cursor));
  return found ? { from: cursor - found[1]!.length - 1, typed: found[1]! } : null;
}

/** Those whose name has every word that was typed; in front those that have the first of them as a word, then those that begin with it. */
export function matchingEmoji(emoji: readonly Emoji[], typed: string, most: number): Emoji[] {
  const words = typed.toLowerCase().split(/[\s_-]+/).filter(Boolean);
  const [first = ''] = words;
  const found = emoji.map((each) => ({ each, name: each.name.toLowerCase() })).filter(({ name }) => words.every((word) => name.includes(word)));
  const rank = (name: string) => [` ${name} `.startsWith(` ${first} `), name.startsWith(first), ` ${name} `.includes(` ${first} `), true].indexOf(true);
  return found.toSorted((one, other) => rank(one.name) - rank(other.name)).slice(0, most).map(({ each }) => each);
}
