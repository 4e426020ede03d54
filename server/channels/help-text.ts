import { namesStop } from './sms/opt-out-line.ts';

/** What a number answers to HELP as long as nobody has written something better: who we are and how to leave (P42). */
export const usualHelpText = (brand: string): string => `${brand}: you get messages from us because you agreed to them. Answer here to reach us. Reply STOP to get no more.`;

/** What carriers expect in an answer to HELP and this text does not have: the brand by name, and how to leave. */
export function helpTextGaps(text: string, brand: string): Array<'brand' | 'stop'> {
  const plain = (words: string) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return [...(` ${plain(text)} `.includes(` ${plain(brand)} `) ? [] : ['brand' as const]), ...(namesStop(text) ? [] : ['stop' as const])];
}

/** What Twilio says in English until its text is changed: it names nobody. */
export const TWILIO_HELP_TEXT = 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.';

/** What a person reads who writes HELP, as far as we know: Twilio does not say which text is set there. */
export const helpTextInUse = ({ helpText, helpBy }: { helpText: string | null; helpBy: 'provider' | 'us' }, brand: string): string => helpText ?? (helpBy === 'us' ? usualHelpText(brand) : TWILIO_HELP_TEXT);
