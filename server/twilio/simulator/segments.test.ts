import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { countSegments, isGsm7 } from '#server/twilio/simulator/segments.ts';

test('160 plain characters are one segment, 161 are two, 306 two and 307 three', () => {
  expect([160, 161, 306, 307].map((length) => countSegments('a'.repeat(length)))).toEqual([1, 2, 2, 3]);
});

test('one character outside GSM-7 makes the limits 70 and 67', () => {
  expect([70, 71, 134, 135].map((length) => countSegments('ê'.repeat(length)))).toEqual([1, 2, 2, 3]);
  expect(isGsm7('ç')).toBe(false);
  expect(isGsm7('Ç')).toBe(true);
});

test('the euro sign counts twice and is never split over two parts', () => {
  expect([80, 81].map((length) => countSegments('€'.repeat(length)))).toEqual([1, 2]);
  expect(countSegments('a'.repeat(152) + '€'.repeat(5))).toBe(2);
});

test("agrees with Twilio's own calculator on texts without joined emoji", () => {
  const letters = fc.constantFrom(...'abcXYZ 012.,!?€^{}[]~|\\\nàéÇçê中文“”–ñΩ'.split(''));
  const text = fc.array(letters, { maxLength: 400 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (body) => {
      if (body) expect(countSegments(body)).toBe(new SegmentedMessage(body, 'auto').segmentsCount);
    }),
    { numRuns: 150 },
  );
});
