import byEmoji from 'unicode-emoji-json/data-by-emoji.json';
import type { Emoji } from './emoji.ts';

/** All emoji of Unicode in its own order, without those of skin tones; some 45 kB on the wire, so it comes when somebody asks for an emoji. */
export const allEmoji: readonly Emoji[] = Object.entries(byEmoji).map(([text, { name, group }]) => ({ text, name, group }));
