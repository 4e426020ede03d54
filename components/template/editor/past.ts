/** What was written, step by step, so that each step can be taken back, also those that no browser knows: a fix, a moved field. */
export type Past<T> = { before: readonly T[]; now: T; after: readonly T[]; last: { key: string; at: number } | null };

const MOST = 200; // steps
const ONE_STEP = 1_000; // ms; keys in the same place that follow each other sooner are one step

export const begin = <T>(now: T): Past<T> => ({ before: [], now, after: [], last: null });

/** `key`: the place that changed; null: a step of its own. `at` in ms. */
export function step<T>({ before, now, last }: Past<T>, next: T, key: string | null, at: number): Past<T> {
  const isSameStep = key !== null && last?.key === key && at - last.at < ONE_STEP;
  return { before: isSameStep ? before : [...before, now].slice(-MOST), now: next, after: [], last: key === null ? null : { key, at } };
}

export function undo<T>(past: Past<T>): Past<T> {
  const to = past.before.at(-1);
  return to === undefined ? past : { before: past.before.slice(0, -1), now: to, after: [past.now, ...past.after], last: null };
}

export function redo<T>(past: Past<T>): Past<T> {
  const [to, ...after] = past.after;
  return to === undefined ? past : { before: [...past.before, past.now], now: to, after, last: null };
}
