import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { countSegments, splitSegments } from './segments.ts';

test('160 plain characters are one segment, 161 are two', () => {
  expect(countSegments('a'.repeat(160))).toMatchObject({ segments: 1, encoding: 'GSM-7', left: 0 });
  expect(countSegments('a'.repeat(161))).toMatchObject({ segments: 2, perSegment: 153 });
  expect(countSegments('a'.repeat(306)).segments).toBe(2);
  expect(countSegments('a'.repeat(307)).segments).toBe(3);
});

test('one curly quote turns 160 characters into three Unicode segments and is named', () => {
  expect(countSegments(`${'a'.repeat(159)}’`)).toMatchObject({ segments: 3, encoding: 'UCS-2', nonGsm: ['’'] });
});

test('an extension character counts twice and is not split', () => {
  expect(countSegments('€'.repeat(80)).segments).toBe(1);
  expect(countSegments('€'.repeat(81)).segments).toBe(2);
  expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ segments: 3 });
});

test('the count equals Twilio’s own calculator for every text without joined emoji', () => {
  const alphabet = fc.constantFrom(...'abcXYZ 09éüà€{}[]~^|\n@çêа漢”–'.split(''), '🎉');
  fc.assert(fc.property(fc.array(alphabet, { maxLength: 400 }), (characters) => {
    const text = characters.join('');
    const twilio = new SegmentedMessage(text);
    expect(countSegments(text)).toMatchObject({ segments: Math.max(1, twilio.segmentsCount), encoding: twilio.encodingName, nonGsm: [...new Set(twilio.getNonGsmCharacters())] });
  }), { numRuns: 300 });
});

test('the text is cut where Twilio’s own calculator cuts it', () => {
  const alphabet = fc.constantFrom(...'abc é€{]ç漢”'.split(''), '🎉');
  fc.assert(fc.property(fc.array(alphabet, { minLength: 50, maxLength: 500 }), (characters) => {
    const text = characters.join('');
    const { cuts } = splitSegments(text);
    const pieces = [0, ...cuts].map((from, i) => text.slice(from, cuts[i] ?? text.length));
    const raw = (value: unknown) => (typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : '');
    expect(pieces).toEqual(new SegmentedMessage(text).segments.map((segment) => [...segment].map(raw).join('')));
  }), { numRuns: 200 });
});
