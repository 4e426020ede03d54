/** Moments to which people put things off, on the reader's clock. Those that are no longer ahead today are left out. */
export function snoozeTimes(now: Date): Array<{ label: string; at: Date }> {
  const on = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  // Monday is day 1; on a Monday it is the next one.
  const toMonday = ((8 - now.getDay()) % 7) || 7;
  const times = [
    { label: 'In one hour', at: new Date(now.getTime() + 3_600_000) }, { label: 'This afternoon', at: on(0, 14) }, { label: 'This evening', at: on(0, 18) },
    { label: 'Tomorrow morning', at: on(1, 9) }, { label: 'Next Monday', at: on(toMonday, 9) }, { label: 'In a week', at: on(7, 9) },
  ];
  const ahead = times.filter(({ at }, index) => index === 0 || at.getTime() - now.getTime() > 90 * 60_000);
  return ahead.filter(({ at }, index) => ahead.findIndex((each) => each.at.getTime() === at.getTime()) === index);
}

/** A moment as a datetime-local field has it, and back: the reader's clock, to the minute. */
export function fieldOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function dateOf(field: string): Date | null {
  const date = new Date(field);
  return field === '' || Number.isNaN(date.getTime()) ? null : date;
}
