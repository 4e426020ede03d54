import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Autosave, type SaveState } from './autosave.ts';

type Fields = { name: string; content: string };
class Conflict extends Error {}

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

function setUp(save: (changes: Partial<Fields>, version: number) => Promise<{ version: number }>) {
  const states: SaveState['kind'][] = [];
  const calls: { changes: Partial<Fields>; version: number }[] = [];
  const autosave = new Autosave<Fields, { version: number }>({
    version: 1, savedAt: new Date(0), isConflict: (error) => error instanceof Conflict,
    onState: (state) => states.push(state.kind), onSaved: () => {},
    save: (changes, version) => { calls.push({ changes, version }); return save(changes, version); },
  });
  return { autosave, states, calls };
}
const accept = (_: Partial<Fields>, version: number) => Promise.resolve({ version: version + 1 });

test('one save goes out 800 ms after the last key, with the last text', async () => {
  const { autosave, calls, states } = setUp(accept);
  autosave.change({ content: 'H' });
  await vi.advanceTimersByTimeAsync(799);
  autosave.change({ content: 'Hi' });
  await vi.advanceTimersByTimeAsync(799);
  expect(calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(calls).toEqual([{ changes: { content: 'Hi' }, version: 1 }]);
  expect(states.at(-1)).toBe('saved');
});

test('what is typed during a save goes out after it, on top of the new version', async () => {
  let answer: (result: { version: number }) => void = () => {};
  const { autosave, calls } = setUp((_, version) => version === 1 ? new Promise((resolve) => { answer = resolve; }) : accept(_, version));
  autosave.change({ content: 'one' });
  const leaving = autosave.flush();
  autosave.change({ name: 'Sale' });
  const leavingAgain = autosave.flush();
  expect(calls).toHaveLength(1);
  answer({ version: 2 });
  expect([await leaving, await leavingAgain]).toEqual([true, true]);
  expect(calls[1]).toEqual({ changes: { name: 'Sale' }, version: 2 });
});

test('a failed save keeps the text, says so, and goes out again with what was typed since', async () => {
  let isDown = true;
  const { autosave, calls, states } = setUp((changes, version) => isDown ? Promise.reject(new Error('offline')) : accept(changes, version));
  autosave.change({ name: 'Sale', content: 'one' });
  expect(await autosave.flush()).toBe(false);
  expect(states.at(-1)).toBe('failed');
  expect(autosave.isSafe).toBe(false);
  isDown = false;
  autosave.change({ content: 'two' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(calls.at(-1)).toEqual({ changes: { name: 'Sale', content: 'two' }, version: 1 });
  expect(autosave.isSafe).toBe(true);
});

test('after a conflict nothing is written until somebody decides; keeping mine writes all that I see on top of theirs', async () => {
  const { autosave, calls, states } = setUp((changes, version) => version < 7 ? Promise.reject(new Conflict()) : accept(changes, version));
  autosave.change({ content: 'mine' });
  await autosave.flush();
  expect(states.at(-1)).toBe('conflict');
  autosave.change({ name: 'still typing' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await autosave.flush()).toBe(false);
  expect(calls).toHaveLength(1);
  expect(await autosave.keepMine({ version: 7 }, { name: 'still typing', content: 'mine' })).toBe(true);
  expect(calls[1]).toEqual({ changes: { content: 'mine', name: 'still typing' }, version: 7 });
});

test('keeping mine also brings back what I had saved before they wrote over it', async () => {
  let theirVersion = 0;
  const { autosave, calls } = setUp((changes, version) => version < theirVersion ? Promise.reject(new Conflict()) : accept(changes, version));
  autosave.change({ content: 'mine, saved' });
  await autosave.flush();
  theirVersion = 3;
  autosave.change({ name: 'Sale' });
  await autosave.flush();
  await autosave.keepMine({ version: 3 }, { name: 'Sale', content: 'mine, saved' });
  expect(calls.at(-1)).toEqual({ changes: { name: 'Sale', content: 'mine, saved' }, version: 3 });
});

test('taking theirs drops mine and goes on from their version', async () => {
  const { autosave, calls } = setUp((changes, version) => version < 7 ? Promise.reject(new Conflict()) : accept(changes, version));
  autosave.change({ content: 'mine' });
  await autosave.flush();
  autosave.takeTheirs({ version: 7 }, new Date(0));
  expect(autosave.isSafe).toBe(true);
  autosave.change({ content: 'new' });
  await autosave.flush();
  expect(calls[1]).toEqual({ changes: { content: 'new' }, version: 7 });
});

test('what the server has not confirmed is kept aside at every moment, and dropped when it has', async () => {
  const kept: (Partial<Fields> | null)[] = [];
  let answer: (result: { version: number }) => void = () => {};
  const autosave = new Autosave<Fields, { version: number }>({
    version: 1, savedAt: new Date(0), isConflict: () => false, onState: () => {}, onSaved: () => {}, keep: (unsaved) => kept.push(unsaved),
    save: () => new Promise((resolve) => { answer = resolve; }),
  });
  autosave.change({ content: 'one' });
  void autosave.flush();
  autosave.change({ name: 'Sale' });
  expect(kept).toEqual([{ content: 'one' }, { content: 'one', name: 'Sale' }]);
  answer({ version: 2 });
  await vi.advanceTimersByTimeAsync(0);
  expect(kept.at(-1)).toEqual({ name: 'Sale' });
  void autosave.flush();
  await vi.advanceTimersByTimeAsync(0);
  answer({ version: 3 });
  await vi.advanceTimersByTimeAsync(0);
  expect(kept.at(-1)).toBeNull();
});
