import type { Candidate, HeldBackReason, Rule } from '#server/domain/automation/decide.ts';
import type { Reserved } from '#server/domain/automation/match.ts';

/** Why a rule that fits did not act, for the people who made it. */
export const heldBackWords: Record<HeldBackReason, (rule: Pick<Rule, 'onceHours'>) => string> = {
  opted_out: () => 'They opted out: no rule acts for them, and nothing is sent.',
  within_hours: ({ onceHours }) => `It has acted for them within the last ${onceHours === 1 ? 'hour' : `${onceHours} hours`}.`,
  too_many_answers: () => 'This conversation had 5 automatic answers within an hour: there may be a machine on the other side.',
};

/** How Twilio's own words are dealt with. `isTwilioFirst`: the channel's messages go through a service of Twilio, which answers them by itself. */
export function reservedWords(reserved: Reserved, word: string, isTwilioFirst: boolean): { title: string; why: string } {
  const title = isTwilioFirst ? 'Twilio answers this itself' : 'No rule sees this';
  if (reserved === 'HELP') return { title: 'This is answered with the number’s help text', why: `${word} asks who you are. The text that the number has for HELP is the answer, from Twilio or from here, never two. No rule ever sees it.` };
  if (reserved === 'START') return { title, why: `${word} is a word with which people come back at Twilio. ${word === 'YES' ? 'Here it lifts nothing' : 'The opt-out is lifted here too'}, and no rule ever sees it.` };
  return { title, why: isTwilioFirst ? `${word} stops all messages: Twilio answers and blocks the number, and the opt-out is noted here. No rule ever sees it.` : `${word} is obeyed here at once: the opt-out is noted and nothing is answered. No rule ever sees it.` };
}

/** Why a rule does what it does with a message, in one sentence. */
export function whyOf({ rule, keyword, verdict }: Candidate, { winner, heldBack, reserved }: { winner: Rule | null; heldBack: HeldBackReason | null; reserved: Reserved | null }): string {
  switch (verdict) {
    case 'wins': return fitOf(rule, keyword!);
    case 'held_back': return `${fitOf(rule, keyword!)} ${heldBack ? heldBackWords[heldBack](rule) : ''}`;
    case 'disabled': return `${fitOf(rule, keyword!)} But the rule is off.`;
    case 'other_number': return `${fitOf(rule, keyword!)} But it listens to ${rule.senders.join(', ')} only.`;
    case 'lower_priority': return `${fitOf(rule, keyword!)} But “${winner?.name ?? ''}” is asked first.`;
    case 'no_match': return reserved ? 'No rule is asked about this word.' : `The message ${lackOf(rule)} ${rule.keywords.map(shown).join(' or ')}.`;
  }
}

const shown = (keyword: string) => `‘${keyword.toUpperCase()}’`;
const fitOf = (rule: Rule, keyword: string) => ({ exact: `The message is ${shown(keyword)}.`, starts_with: `The message begins with ${shown(keyword)}.`, contains: `The message contains ${shown(keyword)}.` })[rule.match];
const lackOf = (rule: Rule) => ({ exact: 'is not', starts_with: 'does not begin with', contains: 'does not contain' })[rule.match];
