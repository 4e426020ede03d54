import { isNear, matches, normalise, reservedOf, type Match, type Reserved } from './match.ts';

/** What decides of a rule. `senders`: none means all of ours. */
export type Rule = { id: string; name: string; match: Match; keywords: string[]; senders: string[]; isEnabled: boolean; onceHours: number };

/** What is known of the person who wrote, and of the conversation. */
export type Facts = {
  isOptedOut: boolean;
  /** By rule: hours since it acted for this person last. */
  hoursSince: ReadonlyMap<string, number>;
  /** What machines of ours wrote in this conversation within the last hour. */
  recentAnswers: number;
};

export const heldBackReasons = ['opted_out', 'within_hours', 'too_many_answers'] as const;
export type HeldBackReason = (typeof heldBackReasons)[number];
export type Verdict = 'wins' | 'held_back' | 'no_match' | 'disabled' | 'other_number' | 'lower_priority';
export type Candidate = { rule: Rule; keyword: string | null; verdict: Verdict };
export type Decision = {
  normalised: string;
  reserved: Reserved | null;
  /** Rules in the order in which they are asked, each with what keeps it. */
  candidates: Candidate[];
  /** The first that fits; held back, it lets no other one through. */
  winner: { rule: Rule; keyword: string; heldBack: HeldBackReason | null } | null;
  /** Nothing fits, but a typing mistake away something would. */
  nearMiss: { rule: Rule; keyword: string } | null;
};

/** Two machines that answer each other come to rest after so many answers an hour, whatever rules they meet. */
export const MOST_ANSWERS = 5;

/**
 * P78: which rule acts on a text that came to one of our addresses. `rules` in the order in which they are asked; the first enabled one for the
 * number that fits wins, and when it may not act for this person now, none does.
 */
export function decide(rules: readonly Rule[], { text, sender }: { text: string; sender: string }, facts: Facts): Decision {
  const normalised = normalise(text);
  const reserved = reservedOf(text);
  const candidates: Candidate[] = [];
  let winner: Decision['winner'] = null;
  for (const rule of rules) {
    const keyword = reserved ? null : fittingKeyword(rule, normalised);
    const verdict = verdictOf(rule, { keyword, sender, isTaken: winner !== null });
    if (verdict === 'wins') winner = { rule, keyword: keyword!, heldBack: heldBackBy(rule, facts) };
    candidates.push({ rule, keyword, verdict: verdict === 'wins' && winner?.heldBack ? 'held_back' : verdict });
  }
  const nearMiss = winner || reserved ? null : findNear(rules, normalised, sender);
  return { normalised, reserved, candidates, winner, nearMiss };
}

const fittingKeyword = (rule: Rule, text: string) => rule.keywords.find((keyword) => matches({ match: rule.match, keyword }, text)) ?? null;

function verdictOf(rule: Rule, { keyword, sender, isTaken }: { keyword: string | null; sender: string; isTaken: boolean }): Verdict {
  if (keyword === null) return 'no_match';
  if (!rule.isEnabled) return 'disabled';
  if (!listensTo(rule, sender)) return 'other_number';
  return isTaken ? 'lower_priority' : 'wins';
}

export const listensTo = (rule: Pick<Rule, 'senders'>, sender: string) => rule.senders.length === 0 || rule.senders.includes(sender);

function heldBackBy(rule: Rule, facts: Facts): HeldBackReason | null {
  if (facts.isOptedOut) return 'opted_out';
  if ((facts.hoursSince.get(rule.id) ?? Infinity) < rule.onceHours) return 'within_hours';
  return facts.recentAnswers >= MOST_ANSWERS ? 'too_many_answers' : null;
}

function findNear(rules: readonly Rule[], text: string, sender: string): Decision['nearMiss'] {
  for (const rule of rules) {
    if (rule.match !== 'exact' || !rule.isEnabled || !listensTo(rule, sender)) continue;
    const keyword = rule.keywords.find((one) => isNear(text, one));
    if (keyword) return { rule, keyword };
  }
  return null;
}
