'use client';

import { useSyncExternalStore } from 'react';
import { formatDuration } from '#components/format/duration.ts';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const DAY = 86_400; // s

type FinishTimeProps = { seconds: number; since?: string; /** On two lines, for a cell of a table. */ isStacked?: boolean };

/** "about 6 min, until about 11:02", counted from now or from `since`. */
export function FinishTime({ seconds, since, isStacked = false }: FinishTimeProps) {
  const minute = useSyncExternalStore(everyHalfMinute, () => Math.floor(Date.now() / 30_000), () => 0);
  // The server does not know the reader's zone.
  if (minute === 0) return <>about {formatDuration(seconds)}</>;
  const end = new Date((since ? new Date(since).getTime() : Date.now()) + seconds * 1000);
  const time = (seconds < DAY ? clock : dayAndClock).format(end);
  if (isStacked) return <span><span className="block">about {formatDuration(seconds)}</span><span className="block text-caption text-muted-foreground">until about {time}</span></span>;
  return <>about {formatDuration(seconds)}, until about {time}</>;
}

function everyHalfMinute(listener: () => void) {
  const timer = setInterval(listener, 30_000);
  return () => clearInterval(timer);
}
