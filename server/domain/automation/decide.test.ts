import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, MOST_ANSWERS, type Facts, type Rule } from './decide.ts';
import { flagsOf, type FlaggedRule } from './flags.ts';
import type { Match } from './match.ts';

const OURS = '+14155551234';
const nobody: Facts = { isOptedOut: false, hoursSince: new Map(), recentAnswers: 0 };
const rule = (id: string, keywords: string[], more: Partial<Rule> = {}): FlaggedRule => ({ id, name: id, match: 'exact', keywords, senders: [], isEnabled: true, onceHours: 24, listIds: [], ...more });
const asked = (rules: Rule[], text: string, facts: Facts = nobody, sender = OURS) => decide(rules, { text, sender }, facts);
const verdicts = (rules: Rule[], text: string, facts?: Facts) => asked(rules, text, facts).candidates.map(({ verdict }) => verdict);

test('P78: the first enabled rule of this number that fits wins; each other one says what keeps it', () => {
  const rules = [rule('far', ['join'], { senders: ['+1999'] }), rule('off', ['join'], { isEnabled: false }), rule('other', ['hours']), rule('wins', ['join']), rule('late', ['join'], { match: 'contains' })];
  expect(verdicts(rules, ' JOIN! ')).toEqual(['other_number', 'disabled', 'no_match', 'wins', 'lower_priority']);
  expect(asked(rules, 'join').winner).toMatchObject({ rule: { id: 'wins' }, keyword: 'join', heldBack: null });
});

test('P40: for somebody who opted out nothing acts, and no later rule takes the place', () => {
  const rules = [rule('first', ['join']), rule('second', ['join'], { match: 'contains' })];
  expect(asked(rules, 'join', { ...nobody, isOptedOut: true }).winner).toMatchObject({ rule: { id: 'first' }, heldBack: 'opted_out' });
  expect(verdicts(rules, 'join', { ...nobody, isOptedOut: true })).toEqual(['held_back', 'lower_priority']);
});

test('a rule acts once per person within its hours', () => {
  const since = (hours: number) => asked([rule('a', ['join'], { onceHours: 24 })], 'join', { ...nobody, hoursSince: new Map([['a', hours]]) }).winner?.heldBack;
  expect([since(0), since(23.99), since(24), since(100)]).toEqual(['within_hours', 'within_hours', null, null]);
});

test('whatever rules two machines meet, they come to rest', () => {
  expect(asked([rule('a', ['join'])], 'join', { ...nobody, recentAnswers: MOST_ANSWERS - 1 }).winner?.heldBack).toBeNull();
  expect(asked([rule('a', ['join'])], 'join', { ...nobody, recentAnswers: MOST_ANSWERS }).winner?.heldBack).toBe('too_many_answers');
});

test.each(['STOP', 'stop!', 'Unsubscribe', 'YES', 'start', 'HELP', 'Info', '“help”'])('no rule acts on %s, also not by what it begins with or contains', (text) => {
  const rules = [rule('a', ['stop', 'help', 'yes', 'start', 'info', 'unsubscribe'], { match: 'contains' }), rule('b', ['stop', 'help', 'yes'], { match: 'starts_with' })];
  expect(asked(rules, text)).toMatchObject({ winner: null, nearMiss: null });
  expect(asked(rules, text).reserved).not.toBeNull();
});

test('a typing mistake is a near miss of an exact word, unless another rule fits', () => {
  expect(asked([rule('a', ['join'])], 'jion').nearMiss).toMatchObject({ rule: { id: 'a' }, keyword: 'join' });
  expect(asked([rule('a', ['join']), rule('b', ['jion'])], 'jion')).toMatchObject({ winner: { rule: { id: 'b' } }, nearMiss: null });
  expect(asked([rule('a', ['join'], { match: 'contains' })], 'jion').nearMiss).toBeNull();
  expect(asked([rule('a', ['join'], { isEnabled: false })], 'jion').nearMiss).toBeNull();
  expect(asked([rule('a', ['join'], { senders: ['+1999'] })], 'jion').nearMiss).toBeNull();
});

const known = { senders: new Set([OURS, '+1999']), lists: new Set<string>() };
const flags = (rules: FlaggedRule[]) => Object.fromEntries([...flagsOf(rules, known)].filter(([, found]) => found.length > 0).map(([id, found]) => [id, found.map(({ kind, otherId, isMovable }) => ({ kind, otherId, isMovable }))]));

test('a rule that can never win is flagged, and moving it up is offered where that helps both', () => {
  expect(flags([rule('wide', ['join'], { match: 'contains' }), rule('narrow', ['join us'])])).toEqual({ narrow: [{ kind: 'shadowed', otherId: 'wide', isMovable: true }] });
  expect(flags([rule('a', ['join']), rule('b', ['join'])])).toEqual({ b: [{ kind: 'shadowed', otherId: 'a', isMovable: false }] });
});

test('one of several words that goes to another rule is flagged as such', () => {
  expect(flags([rule('a', ['join']), rule('b', ['join', 'member'])])).toEqual({ b: [{ kind: 'taken_word', otherId: 'a', isMovable: false }] });
});

test('rules of different numbers, and rules that are off, take nothing from each other', () => {
  expect(flags([rule('a', ['join'], { senders: ['+1999'] }), rule('b', ['join'], { senders: [OURS] })])).toEqual({});
  expect(flags([rule('a', ['join'], { isEnabled: false }), rule('b', ['join'])])).toEqual({});
  expect(flags([rule('a', ['join'], { senders: [OURS] }), rule('b', ['join'])])).toEqual({ b: [{ kind: 'taken_word', otherId: 'a', isMovable: false }] });
  expect(flags([rule('a', ['join'], { senders: [OURS] }), rule('b', ['join'], { senders: ['+1999'] }), rule('c', ['join'], { senders: [OURS, '+1999'] })])).toEqual({ c: [{ kind: 'shadowed', otherId: 'a', isMovable: false }] });
});

test('what a rule names and is not there any more is flagged', () => {
  expect(flags([{ ...rule('a', ['join'], { senders: ['+1000'] }), listIds: ['gone'] }])).toEqual({ a: [{ kind: 'lost', otherId: null, isMovable: false }, { kind: 'lost', otherId: null, isMovable: false }] });
});

const words = fc.constantFrom('join', 'join us', 'us', 'hours', 'join us now', 'now');
const someRule = fc.record({ match: fc.constantFrom<Match>('exact', 'starts_with', 'contains'), keywords: fc.uniqueArray(words, { minLength: 1, maxLength: 2 }), senders: fc.subarray([OURS, '+1999']), isEnabled: fc.boolean() });
const someRules = fc.array(someRule, { maxLength: 5 }).map((list) => list.map((one, n) => rule(`r${n}`, one.keywords, one)));

test('a rule that is flagged as one that can never win never wins', () => {
  fc.assert(fc.property(someRules, fc.array(words, { minLength: 1, maxLength: 3 }), fc.constantFrom(OURS, '+1999'), (rules, message, sender) => {
    const { winner } = asked(rules, message.join(' '), nobody, sender);
    if (winner) expect(flagsOf(rules, known).get(winner.rule.id)!.map(({ kind }) => kind)).not.toContain('shadowed');
  }), { numRuns: 5000 });
});

test('at most one rule wins, it fits, and it is enabled and listens', () => {
  fc.assert(fc.property(someRules, fc.array(words, { maxLength: 3 }), fc.constantFrom(OURS, '+1999'), (rules, message, sender) => {
    const { candidates, winner } = asked(rules, message.join(' '), nobody, sender);
    const wins = candidates.filter(({ verdict }) => verdict === 'wins' || verdict === 'held_back');
    expect(wins.map(({ rule: { id } }) => id)).toEqual(winner ? [winner.rule.id] : []);
    if (winner) expect(winner.rule.isEnabled && (winner.rule.senders.length === 0 || winner.rule.senders.includes(sender))).toBe(true);
  }), { numRuns: 2000 });
});
