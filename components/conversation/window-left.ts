import { formatDuration } from '#components/format/duration.ts';
import type { Family } from '#components/ui/family.ts';
import type { ConversationView } from '#server/domain/conversation/schema.ts';

const MINUTE = 60_000; // ms
const HOUR = 60 * MINUTE;
/** Below these the time that is left gets a colour. */
export const SOON = 2 * HOUR;
export const URGENT = 15 * MINUTE;
const DAY = 24 * HOUR;

export type WindowLeft = {
  isOpen: boolean;
  /** Of a day: 0 to 1. */
  share: number;
  /** "3 h 12 min left", to the minute. */
  words: string;
  family: Family;
  /** ms */
  left: number;
};

/** How long free text may still be written, by the server's clock; null: the channel has no window. */
export function windowLeft({ window }: Pick<ConversationView, 'window'>, now: number): WindowLeft | null {
  if (!window) return null;
  const left = window.closesAt === null ? 0 : Math.max(0, Date.parse(window.closesAt) - now);
  if (left === 0) return { isOpen: false, share: 0, words: 'Window closed', family: 'neutral', left };
  return { isOpen: true, share: Math.min(1, left / DAY), words: `${wordsOf(left)} left`, family: left < URGENT ? 'danger' : left < SOON ? 'warning' : 'info', left };
}

/** Whole minutes, the last one in words. */
const wordsOf = (left: number): string => (left < MINUTE ? 'Under\u00a01\u00a0min' : formatDuration(Math.floor(left / MINUTE) * 60));
