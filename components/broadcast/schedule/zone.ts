import { formatMoment } from '#components/format/time.ts';

/** "America/Argentina/Buenos_Aires" → "Buenos Aires" */
export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** "8 Mar, 09:00 in Berlin" */
export const momentIn = (at: Date | string, zone: string): string => `${formatMoment(new Date(at), { zone, now: new Date() })} ${zone === 'UTC' ? 'UTC' : `in ${placeOf(zone)}`}`;

/** "8 Mar 2026, 09:00" of a wall clock like 2026-03-08T09:00, which belongs to no zone. */
export const wallClockWords = (wall: string): string => formatMoment(new Date(`${wall}:00Z`), { zone: 'UTC', now: new Date() });

/** What a clock of the zone shows at a moment, as date and time fields want it. */
export function wallClockIn(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The next full hour that is at least one hour ahead, in the zone: a start that needs no typing. */
export const suggestedTime = (zone: string, now: Date): string => `${wallClockIn(new Date(now.getTime() + 2 * 3_600_000), zone).slice(0, 13)}:00`;
