import { countTaken } from '#components/broadcast/delivery-states.ts';
import type { ProgressView } from '#server/domain/broadcast/schema.ts';

/** What a snapshot says about the pace. */
export type PacePoint = { at: number; taken: number; allowed: number | null };
/** Messages per second over the moments that end at `at`, and how many were allowed then. */
export type PaceBin = { at: number; rate: number; allowed: number | null };

const KEPT = 5 * 60_000; // ms
const BIN = 5_000; // ms
const NOW = 15_000; // ms; what counts as "now"

export const pacePointOf = (progress: ProgressView): PacePoint => ({ at: Date.parse(progress.asOf), taken: countTaken(progress.counts), allowed: progress.allowedPerSecond });

/** The points of the last minutes with a newer one; an older one changes nothing. */
export function withPoint(points: readonly PacePoint[], point: PacePoint): readonly PacePoint[] {
  const last = points.at(-1);
  if (last && point.at <= last.at) return points;
  return [...points.filter((each) => point.at - each.at <= KEPT), point];
}

/** Messages per second over the last quarter of a minute; nothing until there is something to compare. */
export function paceNow(points: readonly PacePoint[]): number | null {
  const last = points.at(-1);
  const first = last && points.find((each) => last.at - each.at <= NOW);
  if (!first || !last || last.at - first.at < 2_000) return null;
  return Math.max(0, (last.taken - first.taken) / ((last.at - first.at) / 1_000));
}

/** Whole bins from the first point to the last. Between two snapshots messages are taken to have left evenly. */
export function paceBins(points: readonly PacePoint[]): PaceBin[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return [];
  const bins: PaceBin[] = [];
  for (let at = first.at + BIN; at <= last.at; at += BIN) {
    const allowed = points.findLast((each) => each.at <= at)?.allowed ?? null;
    bins.push({ at, rate: Math.max(0, (takenAt(points, at) - takenAt(points, at - BIN)) / (BIN / 1_000)), allowed });
  }
  return bins;
}

function takenAt(points: readonly PacePoint[], at: number): number {
  const after = points.findIndex((each) => each.at >= at);
  const next = points[after];
  const before = points[after - 1];
  if (!next) return points.at(-1)?.taken ?? 0;
  if (!before || next.at === at) return next.taken;
  return before.taken + ((next.taken - before.taken) * (at - before.at)) / (next.at - before.at);
}
