/** Twilio's own words for it, sent with the message when it answers keywords itself (facts/twilio.md §3.1, §5.4). */
export type OptOutType = 'STOP' | 'START';

const STOP = new Set(['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']);
/** Twilio takes YES too; here it is an answer to any question, and lifts nothing (D10). */
const START = new Set(['START', 'UNSTOP']);

/**
 * What a whole message asks for, in any case; null: it is no keyword. To leave is made easy, with the blanks, hyphens and full stops that a phone or a
 * hand adds; to come back takes the very word.
 */
export function keywordOf(body: string): OptOutType | null {
  const word = body.trim().toUpperCase();
  if (STOP.has(word.replace(/[.!]+$/, '').replace(/[\s-]/g, ''))) return 'STOP';
  return START.has(word) ? 'START' : null;
}
