'use client';

import { useSyncExternalStore } from 'react';
import { formatMoment, formatRelative, toDate } from '#components/format/time.ts';

type TimeProps = {
  value: Date | string | number;
  /** `auto`: relative for a day, then the date. `absolute`: always the date and time. */
  mode?: 'auto' | 'absolute';
  className?: string;
};

/**
 * A moment. The server does not know the reader's zone and says UTC; the browser replaces it with the reader's own
 * time, without a hydration warning. The exact moment with its zone is on hover.
 */
export function Time({ value, mode = 'auto', className }: TimeProps) {
  const now = useSyncExternalStore(subscribeToMinute, currentHalfMinute, () => 0);
  const date = toDate(value);
  if (!date) return <span className={className}>–</span>;

  const isBrowser = now > 0;
  const zone = isBrowser ? undefined : 'UTC';
  const exact = formatMoment(date, { zone, withZone: true, withSeconds: true });
  const short = formatMoment(date, { zone, withZone: !isBrowser, now: isBrowser ? new Date() : date });
  const text = mode === 'auto' && isBrowser ? (formatRelative(date, new Date()) ?? short) : short;
  return (
    <time dateTime={date.toISOString()} title={exact} className={className}>
      {text}
    </time>
  );
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on the page. */
function subscribeToMinute(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((each) => each()), 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function currentHalfMinute() {
  return Math.floor(Date.now() / 30_000);
}
