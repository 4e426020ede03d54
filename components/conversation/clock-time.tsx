'use client';

import { useHydrated } from '#components/draft/use-hydrated.ts';
import { formatMoment } from '#components/format/time.ts';

/** The time of day, where the day stands above; the exact moment is on hover. The server does not know the reader's zone and says UTC. */
export function ClockTime({ value }: { value: string }) {
  const zone = useHydrated() ? undefined : 'UTC';
  const date = new Date(value);
  const text = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(date);
  return <time dateTime={value} title={formatMoment(date, { zone, withZone: true, withSeconds: true })} className="tabular-nums">{text}</time>;
}

/** "Today", "Yesterday", "Friday, 20 Nov": what stands above the messages of a day. */
export function DayWords({ value, now }: { value: string; now: number }) {
  const isHydrated = useHydrated();
  const zone = isHydrated ? undefined : 'UTC';
  return <>{dayWords(new Date(value), new Date(now), zone)}</>;
}

function dayWords(date: Date, now: Date, zone: string | undefined): string {
  const day = dayOf(date, zone);
  if (day === dayOf(now, zone)) return 'Today';
  if (day === dayOf(new Date(now.getTime() - 86_400_000), zone)) return 'Yesterday';
  const year = day.slice(0, 4) === dayOf(now, zone).slice(0, 4) ? undefined : 'numeric';
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'short', year, timeZone: zone }).format(date);
}

/** 2026-11-23, in the zone. */
export const dayOf = (date: Date, zone?: string): string => new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).format(date);
