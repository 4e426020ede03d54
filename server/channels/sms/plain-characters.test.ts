import fc from 'fast-check';
import { expect, test } from 'vitest';
import { characterName, plainFor, withPlainCharacters } from './plain-characters.ts';
import { countSegments, isGsm } from './segments.ts';

test('what a word processor puts in becomes plain, and the message is GSM-7 again', () => {
  const text = '“It’s here” – today…\u00a0only';
  expect(withPlainCharacters(text)).toBe('"It\'s here" - today... only');
  expect([countSegments(text).encoding, countSegments(withPlainCharacters(text)).encoding]).toEqual(['UCS-2', 'GSM-7']);
});

test('a letter is changed into another only when it is asked for', () => {
  expect(plainFor('ê')).toEqual({ text: 'e', changesWord: true });
  expect(withPlainCharacters('fête’')).toBe("fête'");
  expect(withPlainCharacters('fête’', ['ê'])).toBe('fete’');
});

test('letters that GSM-7 has, and those that nothing is like, stay', () => {
  expect(withPlainCharacters('é ü ñ ç 漢 🎉')).toBe('é ü ñ ç 漢 🎉');
  expect([plainFor('漢'), plainFor('🎉')]).toEqual([null, null]);
});

test('a replacement is always plain, and plain characters are never touched', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    const all = [...text].filter((character) => plainFor(character) !== null && !isGsm(character));
    const after = withPlainCharacters(text, all);
    expect([...after].filter((character) => all.includes(character))).toEqual([]);
    expect([...withPlainCharacters(text)].filter(isGsm).length).toBeGreaterThanOrEqual([...text].filter(isGsm).length);
  }));
});

test('characters that cannot be seen have a name', () => {
  expect([characterName('\u00a0'), characterName('’'), characterName('\u2028')]).toEqual(['no-break space', '’', 'U+2028']);
});
