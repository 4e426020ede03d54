import { formatCount } from '#components/format/number.ts';
import { countSegments } from '#server/channels/sms/segments.ts';

/** What one emoji would do to a text, in words: it makes all of it Unicode, with 70 instead of 160 characters per segment. */
export function emojiCost(text: string): string {
  const [now, then] = [countSegments(text), countSegments(`${text}🙂`)];
  if (now.nonGsm.length > 0) return 'This text is Unicode already: an emoji counts as two of its characters.';
  const rule = 'An emoji makes the whole text Unicode (UCS-2), with 70 instead of 160 characters per segment';
  return then.segments > now.segments && now.segments > 0 ? `${rule}: ${formatCount(then.segments, 'segment')} instead of ${now.segments}.` : `${rule}. This text still fits ${formatCount(then.segments, 'segment')}.`;
}
