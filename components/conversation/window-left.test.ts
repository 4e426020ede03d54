import { expect, test } from 'vitest';
import { windowLeft } from './window-left.ts';

const now = Date.UTC(2026, 10, 23, 12);
const left = (ms: number | null) => windowLeft({ window: { closesAt: ms === null ? null : new Date(now + ms).toISOString() } }, now);
const MINUTE = 60_000;

test('the time left is told to the minute and gets a colour below two hours and below a quarter of one', () => {
  expect(left(192 * MINUTE + 30_000)).toMatchObject({ isOpen: true, words: '3\u00a0h 12\u00a0min left', family: 'info' });
  expect(left(120 * MINUTE)).toMatchObject({ words: '2\u00a0h left', family: 'info' });
  expect(left(119 * MINUTE)).toMatchObject({ words: '1\u00a0h 59\u00a0min left', family: 'warning' });
  expect(left(14 * MINUTE)).toMatchObject({ words: '14\u00a0min left', family: 'danger' });
  expect(left(20_000)).toMatchObject({ isOpen: true, words: 'Under\u00a01\u00a0min left', family: 'danger' });
});

test('a window that has passed, and one that was never open, is closed; a channel without one has none', () => {
  expect(left(0)).toMatchObject({ isOpen: false, share: 0, words: 'Window closed' });
  expect(left(-MINUTE)).toMatchObject({ isOpen: false });
  expect(left(null)).toMatchObject({ isOpen: false });
  expect(windowLeft({ window: null }, now)).toBeNull();
});
