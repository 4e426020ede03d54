import { expect, test } from 'vitest';
import { allEmoji } from './emoji-data.ts';
import { matchingEmoji, openEmojiName } from './emoji.ts';

const names = (typed: string, most = 3) => matchingEmoji(allEmoji, typed, most).map(({ text }) => text);

test('a colon of its own and two letters ask for an emoji; a time, an address, a smiley and what is behind the cursor do not', () => {
  expect(openEmojiName('Sale :par', 9)).toEqual({ from: 5, typed: 'par' });
  expect(openEmojiName(':red_he', 7)).toEqual({ from: 0, typed: 'red_he' });
  for (const text of ['at 9:30', 'https://acme.example', 'Hi :)', 'Hi :D', 'Note: please', 'word:part']) expect(openEmojiName(text, text.length), text).toBeNull();
  expect(openEmojiName(':party', 1)).toBeNull();
});

test('emoji are found by any words of their names, those that begin so first', () => {
  expect(names('party')[0]).toBe('🎉');
  expect(names('red_heart', 1)).toEqual(['❤️']);
  expect(names('heart red', 1)).toEqual(['❤️']);
  expect(names('no such thing')).toEqual([]);
  expect(allEmoji.length).toBeGreaterThan(1_500);
});
