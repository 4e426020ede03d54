import type { Rule } from './decide.ts';
import { covers } from './match.ts';
import type { RuleFlag } from './schema.ts';

/** What the rules name, as it is now. */
export type Known = { senders: ReadonlySet<string>; lists: ReadonlySet<string> };
export type FlaggedRule = Rule & { listIds: string[] };

/**
 * What is wrong with each rule as they stand (in the order in which they are asked): words that an earlier rule takes, a rule that can therefore
 * never win, and things that are not there any more. A rule that is off takes nothing.
 */
export function flagsOf(rules: readonly FlaggedRule[], known: Known): Map<string, RuleFlag[]> {
  return new Map(rules.map((rule, place) => [rule.id, [...orderFlags(rules, place), ...lostFlags(rule, known)]]));
}

function orderFlags(rules: readonly FlaggedRule[], place: number): RuleFlag[] {
  const rule = rules[place]!;
  if (!rule.isEnabled) return [];
  const taken = takenWords(rules.slice(0, place), rule);
  if (taken.length === 0) return [];
  const isShadowed = rule.keywords.every((keyword) => taken.some((one) => one.keyword === keyword && one.isWhole));
  if (isShadowed) return [flagOf('shadowed', rules, place, taken[0]!.by, `It can never win: ${placesOf(taken)} first.`)];
  return taken.map(({ keyword, by, isWhole }) => flagOf('taken_word', rules, place, by,
    `‘${keyword.toUpperCase()}’ goes to ${quoted(by)}, which is asked first${isWhole ? '' : `, on ${sharedNumbers(rule, by)}`}.`));
}

type Taken = { keyword: string; by: FlaggedRule; /** On every number of the rule. */ isWhole: boolean };

/** Each word of the rule that earlier ones take, by the first that takes it on all numbers, else on some. */
function takenWords(earlier: readonly FlaggedRule[], rule: FlaggedRule): Taken[] {
  const asked = earlier.filter((one) => one.isEnabled && overlaps(one, rule));
  return rule.keywords.flatMap((keyword): Taken[] => {
    const takers = asked.filter((one) => one.keywords.some((word) => covers({ match: one.match, keyword: word }, { match: rule.match, keyword })));
    const whole = takers.find((one) => reaches(one, rule));
    const first = whole ?? takers[0];
    if (!first) return [];
    const isWhole = whole !== undefined || (rule.senders.length > 0 && rule.senders.every((sender) => takers.some((one) => one.senders.includes(sender))));
    return [{ keyword, by: first, isWhole }];
  });
}

const overlaps = (a: Rule, b: Rule) => a.senders.length === 0 || b.senders.length === 0 || a.senders.some((sender) => b.senders.includes(sender));
/** The first listens wherever the second does. */
const reaches = (a: Rule, b: Rule) => a.senders.length === 0 || (b.senders.length > 0 && b.senders.every((sender) => a.senders.includes(sender)));
const sharedNumbers = (a: Rule, b: Rule) => (a.senders.length === 0 ? b.senders : b.senders.length === 0 ? a.senders : a.senders.filter((sender) => b.senders.includes(sender))).join(', ');
const quoted = (rule: Rule) => `“${rule.name}”`;

function placesOf(taken: Taken[]): string {
  const names = [...new Set(taken.map(({ by }) => quoted(by)))];
  return names.length === 1 ? `${names[0]} takes ${taken.length === 1 ? 'its word' : 'all of its words'}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} take its words`;
}

/** Would it help to ask this rule before the other one, without the other one never winning then? */
function flagOf(kind: RuleFlag['kind'], rules: readonly FlaggedRule[], place: number, by: FlaggedRule, message: string): RuleFlag {
  const rule = rules[place]!;
  const earlier = rules.slice(0, rules.indexOf(by));
  const isFree = !takenWords(earlier, rule).some(({ isWhole }) => isWhole);
  const left = takenWords([...earlier, rule], by);
  const isMovable = isFree && !by.keywords.every((keyword) => left.some((one) => one.keyword === keyword && one.isWhole));
  return { kind, message, otherId: by.id, otherName: by.name, isMovable };
}

function lostFlags(rule: FlaggedRule, known: Known): RuleFlag[] {
  const flag = (message: string): RuleFlag => ({ kind: 'lost', message, otherId: null, otherName: null, isMovable: false });
  const gone = rule.senders.filter((sender) => !known.senders.has(sender));
  const isListGone = rule.listIds.some((id) => !known.lists.has(id));
  return [
    ...(gone.length === 0 ? [] : [flag(`${gone.join(', ')} ${gone.length === 1 ? 'is no sender' : 'are no senders'} of yours any more. Choose others, or all.`)]),
    ...(isListGone ? [flag('A list that it adds people to was deleted. Choose another one.')] : []),
  ];
}
