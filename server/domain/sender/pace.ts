/** What the pace row knows: when the next slot is free, and what was given out within the last window. Times in ms of the database's clock. */
export type PaceState = { nextAt: number; recentAt: number[]; recentSegments: number[] };

/**
 * The window is a little longer than a second: messages may be late by this much on their way without a sliding second at the carrier ever
 * holding more than the cap (P32).
 */
export const GUARD = 18; // ms
const WINDOW = 1_000 + GUARD;
const BUCKET = 5; // ms; slots nearer than this are remembered as one, at the later time

/**
 * Gives each message its moment: spaced evenly (no burst at the start of a second), and never so that any window of a second would hold more than
 * `cap` segments, whatever their sizes. A message larger than the cap goes alone into an empty window and the next ones wait in proportion.
 * Pure: the caller holds the row's lock and writes the new state back.
 */
export function reserveSlots(state: PaceState, cap: number, segments: number[], now: number): { slots: number[]; state: PaceState } {
  const recent = state.recentAt.map((at, i) => ({ at, segments: state.recentSegments[i] ?? 0 }));
  let nextAt = state.nextAt;
  const slots = segments.map((size) => {
    let at = Math.max(nextAt, now);
    let held = forget(recent, at);
    while (recent.length > 0 && held + size > cap) {
      const oldest = recent.shift()!;
      held -= oldest.segments;
      at = Math.max(at, oldest.at + WINDOW);
    }
    remember(recent, at, size);
    nextAt = at + (size * WINDOW) / cap;
    return at;
  });
  return { slots, state: { nextAt, recentAt: recent.map(({ at }) => at), recentSegments: recent.map((entry) => entry.segments) } };
}

/** The same state when messages left up to `lateness` ms after their slots: what they occupy ends later by as much. */
export const delayed = (state: PaceState, lateness: number): PaceState => ({ ...state, recentAt: state.recentAt.map((at) => at + lateness) });

/** Segments given out within the last window, at `now`. */
export function heldSegments(state: PaceState, now: number): number {
  return state.recentAt.reduce((sum, at, i) => (at > now - WINDOW ? sum + (state.recentSegments[i] ?? 0) : sum), 0);
}

function forget(recent: Array<{ at: number; segments: number }>, now: number) {
  while (recent.length > 0 && recent[0]!.at <= now - WINDOW) recent.shift();
  return recent.reduce((sum, entry) => sum + entry.segments, 0);
}

function remember(recent: Array<{ at: number; segments: number }>, at: number, segments: number) {
  const last = recent.at(-1);
  if (!last || Math.floor(last.at / BUCKET) !== Math.floor(at / BUCKET)) { recent.push({ at, segments }); return; }
  last.at = at;
  last.segments += segments;
}
