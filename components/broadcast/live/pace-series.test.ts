import { expect, test } from 'vitest';
import { paceBins, paceNow, withPoint, type PacePoint } from './pace-series.ts';

const point = (seconds: number, taken: number, allowed: number | null = 10): PacePoint => ({ at: seconds * 1_000, taken, allowed });

test('the pace now is that of the last quarter of a minute', () => {
  expect(paceNow([])).toBeNull();
  expect(paceNow([point(0, 0), point(1, 9)])).toBeNull();
  expect(paceNow([point(0, 0), point(20, 400), point(25, 450), point(30, 500)])).toBe(10);
});

test('bins of five seconds add up to what was taken, also where snapshots are rare', () => {
  const bins = paceBins([point(0, 0), point(4, 40), point(6, 60), point(16, 70, 5)]);
  expect(bins.map(({ rate }) => rate)).toEqual([10, 2.8, 1]);
  expect(bins.map(({ allowed }) => allowed)).toEqual([10, 10, 10]);
});

test('points are kept for five minutes, and one that comes late changes nothing', () => {
  const points = [point(0, 0), point(200, 10)];
  expect(withPoint(points, point(199, 9))).toBe(points);
  expect(withPoint(points, point(301, 20)).map(({ at }) => at)).toEqual([200_000, 301_000]);
});
