import { namesStop } from './sms/opt-out-line.ts';

/** What a number answers to HELP as long as nobody has written something better: who we are and how to leave (P42). */
export const usualHelpText = (brand: string): string => `${brand}: you get messages from us because you agreed to them. Answer here to reach us. Reply STOP to get no more.`;

/** What carriers expect in an answer to HELP and this text does not have: the brand by name, and how to leave. */
export function helpTextGaps(text: string, brand: string): Array<'brand' | 'stop'> {
  const plain = (words: string) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return [...(` ${plain(text)} `.includes(` ${plain(brand)} `) ? [] : ['brand' as const]), ...(namesStop(text) ? [] : ['stop' as const])];
}
