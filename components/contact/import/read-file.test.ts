import { expect, test } from 'vitest';
import { readBytes } from './read-file.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

test('UTF-8 is read as it is, with or without a byte order mark', () => {
  expect(readBytes(new TextEncoder().encode('phone\nÄnne'))).toEqual({ kind: 'text', text: 'phone\nÄnne' });
  expect(readBytes(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ kind: 'text', text: 'a' });
});

test('UTF-16 with a byte order mark is converted, and that is said', () => {
  expect(readBytes(bytes(0xff, 0xfe, 0xc4, 0x00, 0x61, 0x00))).toMatchObject({ kind: 'text', text: 'Äa', note: expect.stringContaining('UTF-16') });
  expect(readBytes(bytes(0xfe, 0xff, 0x00, 0xc4))).toMatchObject({ kind: 'text', text: 'Ä' });
});

test('Windows-1252 is never converted unasked', () => {
  expect(readBytes(bytes(0x5a, 0x6f, 0xeb, 0x2c, 0x80))).toEqual({ kind: 'windows-1252', text: 'Zoë,€' });
});

test.each([
  ['Excel', bytes(0x50, 0x4b, 0x03, 0x04)], ['PDF', bytes(0x25, 0x50, 0x44, 0x46)], ['empty', bytes()], ['not a text file', bytes(0x61, 0x00, 0x62)], ['50 MB', new Uint8Array(50_000_001)],
])('what is no CSV file is refused in plain words: %s', (words, file) => {
  expect(readBytes(file)).toMatchObject({ kind: 'unreadable', problem: expect.stringContaining(words) });
});
