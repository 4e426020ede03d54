'use client';

import { useState } from 'react';
import type { ProgressView } from '#server/domain/broadcast/schema.ts';
import { pacePointOf, withPoint, type PacePoint } from './pace-series.ts';

/** What the snapshots since the page was opened say about the pace, at most of the last five minutes. */
export function usePacePoints(progress: ProgressView | undefined): readonly PacePoint[] {
  const [points, setPoints] = useState<readonly PacePoint[]>([]);
  if (progress) {
    const next = withPoint(points, pacePointOf(progress));
    if (next !== points) setPoints(next);
  }
  return points;
}
