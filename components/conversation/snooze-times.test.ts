import { expect, test } from 'vitest';
import { dateOf, fieldOf, snoozeTimes } from './snooze-times.ts';

const labels = (now: Date) => snoozeTimes(now).map(({ label }) => label);

test('only moments ahead are offered, each once', () => {
  expect(labels(new Date(2026, 10, 25, 10))).toEqual(['In one hour', 'This afternoon', 'This evening', 'Tomorrow morning', 'Next Monday', 'In a week']);
  expect(labels(new Date(2026, 10, 25, 20))).toEqual(['In one hour', 'Tomorrow morning', 'Next Monday', 'In a week']);
});

test('on a Sunday the next Monday is tomorrow, and on a Monday it is a week away; neither is offered twice', () => {
  expect(labels(new Date(2026, 10, 22, 20))).toEqual(['In one hour', 'Tomorrow morning', 'In a week']);
  expect(labels(new Date(2026, 10, 23, 20))).toEqual(['In one hour', 'Tomorrow morning', 'Next Monday']);
});

test('a moment survives its field', () => {
  const at = new Date(2026, 0, 2, 3, 4);
  expect(dateOf(fieldOf(at))).toEqual(at);
  expect(dateOf('')).toBeNull();
});
