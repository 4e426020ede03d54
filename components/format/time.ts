/** Day before month and 24 hours: "22 Nov, 10:42". */
const DATE_LOCALE = 'en-GB';
const DAY = 86_400_000;

type MomentOptions = {
  /** IANA name; the browser's own when left out. */
  zone?: string;
  /** Adds "UTC", "CET": needed whenever the zone is not the reader's. */
  withZone?: boolean;
  withSeconds?: boolean;
  /** The year is left out when it is this moment's. */
  now?: Date;
};

/** A date from what the API gives, or nothing when it is none. */
export function toDate(value: Date | string | number): Date | undefined {
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** "22 Nov, 10:42"; with the year when it is another than now's. */
export function formatMoment(date: Date, { zone, withZone, withSeconds, now }: MomentOptions = {}): string {
  const isSameYear = now !== undefined && yearIn(date, zone) === yearIn(now, zone);
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: isSameYear ? undefined : 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: withSeconds ? '2-digit' : undefined,
    timeZone: zone,
    timeZoneName: withZone ? 'short' : undefined,
  };
  return new Intl.DateTimeFormat(DATE_LOCALE, options).format(date);
}

/** "22 Nov 2026" */
export function formatDay(date: Date, zone?: string): string {
  return new Intl.DateTimeFormat(DATE_LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }).format(date);
}

/** "3 min ago", "in 2 h", within a day of `now`; nothing outside of it. */
export function formatRelative(date: Date, now: Date): string | undefined {
  const distance = date.getTime() - now.getTime();
  const seconds = Math.round(Math.abs(distance) / 1000);
  if (Math.abs(distance) >= DAY) return undefined;
  if (seconds < 45) return distance > 0 ? 'in a moment' : 'just now';
  const minutes = Math.max(1, Math.round(seconds / 60));
  const amount = minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h`;
  return distance > 0 ? `in\u00a0${amount}` : `${amount}\u00a0ago`;
}

function yearIn(date: Date, zone?: string): string {
  return new Intl.DateTimeFormat(DATE_LOCALE, { year: 'numeric', timeZone: zone }).format(date);
}
