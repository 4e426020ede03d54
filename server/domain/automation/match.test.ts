import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, isNear, matches, normalise, reservedOf, type Match, type Pattern } from './match.ts';

test.each([
  ['  Join\n', 'join'], ['“JOIN!”', 'join'], ['call   me', 'call me'], ['ＪＯＩＮ', 'join'], ['jo\u200bin', 'join'], ['👍', '👍'], ['#1', '#1'], ['50%', '50%'], ['?', '?'], ['É', 'é'], ['E\u0301', 'é'],
])('%j is compared as %j', (text, compared) => {
  expect(normalise(text)).toBe(compared);
});

test.each<[Match, string, string, boolean]>([
  ['exact', 'join', 'join', true], ['exact', 'join', 'join us', false],
  ['starts_with', 'join', 'join us', true], ['starts_with', 'join', 'join, please', true], ['starts_with', 'join', 'joining', false], ['starts_with', 'join', 'we join', false], ['starts_with', 'jo', 'jo\u0301n', false],
  ['contains', 'join', 'may i join you', true], ['contains', 'join', 'joined and join', true], ['contains', 'join', 'rejoin', false], ['contains', 'call me', 'please call me back', true],
  ['contains', '👍', 'ok👍ok', true], ['contains', '営業時間', '今日の営業時間は', true], ['contains', 'e', 'é', false],
])('%s %j in %j: %j', (match, keyword, text, isMatch) => {
  expect(matches({ match, keyword: normalise(keyword) }, normalise(text))).toBe(isMatch);
});

test.each([
  ['STOP', 'STOP'], [' stop. ', 'STOP'], ['Stop all', 'STOP'], ['unsubscribe', 'STOP'], ['END', 'STOP'], ['quit', 'STOP'], ['Revoke', 'STOP'], ['opt-out', 'STOP'], ['cancel', 'STOP'], ['“STOP”', 'STOP'],
  ['start', 'START'], ['Yes!', 'START'], ['UNSTOP', 'START'], ['Help?', 'HELP'], ['info', 'HELP'],
  ['stop it', null], ['yes please', null], ['help me', null], ['can’t stop laughing', null], ['', null],
])('%j is reserved: %s', (text, reserved) => {
  expect(reservedOf(text)).toBe(reserved);
});

test.each([['jion', true], ['join', false], ['jon', true], ['joint', true], ['jain', true], ['oijn', false], ['jo', false], ['joinus', false], ['xoin', true]])('%j came near to "join": %j', (text, is) => {
  expect(isNear(text, 'join')).toBe(is);
});

test('a short word has no near misses: too much is one letter away', () => {
  expect(isNear('fax', 'faq')).toBe(false);
});

const pieces = fc.constantFrom('join', 'us', 'jo', 'in', 'é', '́', '👍', '営', ' ', '  ', '.', '!', '-', '_', '1', 'İ', 'ß', 'STOP', '“', '\u200b');
const text = fc.oneof(fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ unit: 'binary', maxLength: 12 }));
const word = text.map(normalise).filter((one) => one !== '');
const kind = fc.constantFrom<Match>('exact', 'starts_with', 'contains');

test('normalising twice is normalising once', () => {
  fc.assert(fc.property(text, (one) => { expect(normalise(normalise(one))).toBe(normalise(one)); }), { numRuns: 2000 });
});

test('what is exact also starts with it, and what starts with it contains it', () => {
  fc.assert(fc.property(word, word, (keyword, message) => {
    if (message === keyword) expect(matches({ match: 'starts_with', keyword }, message)).toBe(true);
    if (matches({ match: 'starts_with', keyword }, message)) expect(matches({ match: 'contains', keyword }, message)).toBe(true);
  }), { numRuns: 2000 });
});

test('a pattern that covers another one fits all that the other fits', () => {
  let met = 0;
  const around = fc.array(pieces, { maxLength: 2 }).map((parts) => parts.join(''));
  fc.assert(fc.property(kind, kind, word, fc.tuple(around, around, around, around), (one, other, keyword, [before, after, earlier, later]) => {
    const first: Pattern = { match: one, keyword };
    const second: Pattern = { match: other, keyword: normalise(before + keyword + after) };
    const message = normalise(earlier + second.keyword + later);
    if (!covers(first, second) || !matches(second, message)) return;
    met += 1;
    expect(matches(first, message)).toBe(true);
  }), { numRuns: 3000 });
  expect(met).toBeGreaterThan(300);
});

test('near is the same in both directions, and never equal', () => {
  fc.assert(fc.property(fc.string({ minLength: 4, maxLength: 8 }), fc.string({ minLength: 4, maxLength: 8 }), (one, other) => {
    expect(isNear(one, other)).toBe(isNear(other, one));
    expect(isNear(one, one)).toBe(false);
  }), { numRuns: 2000 });
});
