const DAY = 86_400_000; // ms
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);

/** Monday first. */
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** 0 is Monday. */
const weekdayOf = (moment: number) => (new Date(moment).getUTCDay() + 6) % 7;

/** The weeks that a month (yyyy-mm) touches, Monday first; days of its neighbours are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = at(`${month}-01`);
  const lead = weekdayOf(first);
  const weeks: (string | null)[][] = [];
  for (let week = first - lead * DAY; week === first - lead * DAY || dayOf(week).startsWith(month); week += 7 * DAY) {
    weeks.push(weekdays.map((_, index) => dayOf(week + index * DAY)).map((day) => (day.startsWith(month) ? day : null)));
  }
  return weeks;
}

/** The day that a key of a calendar leads to, perhaps in another month; null for any other key. */
export function dayAfterKey(day: string, key: string): string | null {
  const weekday = weekdayOf(at(day));
  const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: -weekday, End: 6 - weekday };
  const step = steps[key];
  if (step !== undefined) return dayOf(at(day) + step * DAY);
  if (key === 'PageUp') return sameDayIn(day, -1);
  if (key === 'PageDown') return sameDayIn(day, 1);
  return null;
}

/** The same day of a month before or after, or its last day where it is shorter. */
function sameDayIn(day: string, step: -1 | 1): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const last = new Date(Date.UTC(year, month + step, 0)).getUTCDate();
  return dayOf(Date.UTC(year, month - 1 + step, Math.min(date, last)));
}

/** 2026-11-22 → "Sunday, 22 November". Browsers and Node differ on the comma, so it is ours. */
export const dayWords = (day: string): string => `${weekdays[weekdayOf(at(day))]}, ${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(at(day))}`;

/** The month of the URL; nothing when it is none: the server then takes the running one. */
export function calendarMonthFrom(query: URLSearchParams): string | undefined {
  const month = query.get('month') ?? '';
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? month : undefined;
}

/** The chosen day, when it lies in the month that is shown. */
export function calendarDayFrom(query: URLSearchParams, month: string): string | null {
  const day = query.get('day') ?? '';
  return weeksOf(month).some((week) => week.includes(day)) ? day : null;
}

export const calendarHref = (month: string, day?: string | null): string => `/broadcasts/calendar?month=${month}${day ? `&day=${day}` : ''}`;
