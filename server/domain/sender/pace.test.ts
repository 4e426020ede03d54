import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delayed, reserveSlots, type PaceState } from './pace.ts';

const fresh: PaceState = { nextAt: 0, recentAt: [], recentSegments: [] };

/** Most segments that any window of `length` ms holds, with the window closed at its start and open at its end. */
function fullestWindow(slots: Array<{ at: number; segments: number }>, length: number) {
  return Math.max(...slots.map(({ at }) => slots.filter((slot) => slot.at >= at && slot.at < at + length).reduce((sum, slot) => sum + slot.segments, 0)));
}

test('P32: no sliding second holds more segments than the cap, whatever sizes, caps, pauses and workers', () => {
  const call = fc.record({ wait: fc.integer({ min: 0, max: 1500 }), segments: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 }) });
  fc.assert(fc.property(fc.integer({ min: 6, max: 300 }), fc.array(call, { minLength: 1, maxLength: 12 }), (cap, calls) => {
    let state = fresh;
    let now = 1_000_000;
    const all: Array<{ at: number; segments: number }> = [];
    for (const { wait, segments } of calls) {
      now += wait;
      const reserved = reserveSlots(state, cap, segments, now);
      state = reserved.state;
      reserved.slots.forEach((at, i) => all.push({ at, segments: segments[i]! }));
    }
    expect(fullestWindow(all, 1_000)).toBeLessThanOrEqual(cap);
  }), { numRuns: 300 });
});

test('a steady stream of single segments uses more than 97 % of the cap, evenly spaced', () => {
  const { slots } = reserveSlots(fresh, 225, Array.from({ length: 2250 }, () => 1), 0);
  const seconds = (slots.at(-1)! - slots[0]!) / 1000;
  expect(2249 / seconds / 225).toBeGreaterThan(0.97);
  const gaps = slots.slice(1).map((at, i) => at - slots[i]!);
  expect(Math.min(...gaps)).toBeGreaterThan(4.4);
});

test('a message larger than the cap goes alone, and the next waits in proportion', () => {
  const { slots } = reserveSlots(fresh, 1, [3, 1], 1_000_000);
  expect(slots[0]).toBe(1_000_000);
  expect(slots[1]! - slots[0]!).toBeGreaterThanOrEqual(3_000);
});

test('slots never lie in the past and never go backwards', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 50 }), (cap, segments) => {
    const { slots } = reserveSlots({ nextAt: 5, recentAt: [1, 2], recentSegments: [1, 1] }, cap, segments, 1_000);
    expect(slots[0]).toBeGreaterThanOrEqual(1_000);
    expect([...slots].sort((a, b) => a - b)).toEqual(slots);
  }));
});

test('P32: messages that left late, as the first ones over cold connections do, are counted where they really left', () => {
  fc.assert(fc.property(fc.integer({ min: 20, max: 300 }), fc.integer({ min: 20, max: 700 }), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }), (cap, lateness, sizes) => {
    const first = reserveSlots(fresh, cap, sizes, 1_000_000);
    const all = first.slots.map((at, i) => ({ at: at + lateness, segments: sizes[i]! }));
    const later = Array.from({ length: 2 * cap }, () => 1);
    reserveSlots(delayed(first.state, lateness), cap, later, 1_000_000 + lateness).slots.forEach((at) => all.push({ at, segments: 1 }));
    expect(fullestWindow(all, 1_000)).toBeLessThanOrEqual(cap);
  }), { numRuns: 50 });
});
