'use client';

import { useSyncExternalStore } from 'react';
import { formatDuration } from '#components/format/duration.ts';

/** "in 2 h 14 min"; the last minutes tick in seconds. The moment itself stands beside it in words, so nothing is announced. */
export function Countdown({ until }: { until: string }) {
  const now = useSyncExternalStore(everySecond, () => Math.floor(Date.now() / 1_000), () => null);
  const seconds = now === null ? null : Math.floor(new Date(until).getTime() / 1_000) - now;
  return (
    <p className="figures text-h1 font-semibold" role="timer" aria-live="off">
      {seconds === null ? '…' : seconds > 0 ? `in ${formatDuration(seconds)}` : 'any moment now'}
    </p>
  );
}

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1_000);
  return () => clearInterval(timer);
}
