'use client';

import { useState } from 'react';
import { countTaken } from '#components/broadcast/delivery-states.ts';
import type { ProgressView } from '#server/domain/broadcast/schema.ts';

type Point = { at: number; taken: number };
const SPAN = 15_000; // ms

/** Messages per second over the last quarter of a minute; nothing until there is something to compare. */
export function usePace(progress: ProgressView | undefined): number | null {
  const [points, setPoints] = useState<readonly Point[]>([]);
  const last = points.at(-1);
  if (progress) {
    const point = { at: Date.parse(progress.asOf), taken: countTaken(progress.counts) };
    if (!last || point.at > last.at) setPoints([...points.filter((each) => point.at - each.at <= SPAN), point]);
  }
  return paceOf(points);
}

export function paceOf(points: readonly Point[]): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || last.at - first.at < 2_000) return null;
  return Math.max(0, (last.taken - first.taken) / ((last.at - first.at) / 1000));
}
