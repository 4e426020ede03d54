/** In these countries 3/5/2026 is the fifth of March. */
const monthFirst = new Set(['US', 'PH', 'CA', 'BZ', 'GU', 'PR', 'VI', 'AS', 'MP', 'FM', 'PW', 'MH']);

export const isMonthFirst = (country: string): boolean => monthFirst.has(country);

export type DateReading = { at: Date } | { at: null; problem: string; howToFix: string };

/**
 * A day, or a moment with its zone, as people write it: 2026-05-03, 2026-05-03T10:00:00Z, 3.5.2026, and 3/5/2026 as `country` reads it. A day is its
 * noon in UTC, so that it is the same day nearly everywhere.
 */
export function readDate(text: string, country: string): DateReading {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (iso) return existing(text, Number(iso[1]), Number(iso[2]), Number(iso[3]), country, iso[4] ? `${iso[4].padStart(5, '0')}${(iso[5] ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}` : null);
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ ,T]+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?)?$/i.exec(text);
  if (!parts) return { at: null, problem: `‘${text}’ is not a date.`, howToFix: 'Write it like 2026-05-03.' };
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  const isDayFirst = parts[2] === '.' || !isMonthFirst(country);
  return existing(text, Number(parts[4]), isDayFirst ? second : first, isDayFirst ? first : second, country, null);
}

function existing(text: string, year: number, month: number, day: number, country: string, time: string | null): DateReading {
  const noon = new Date(Date.UTC(year, month - 1, day, 12));
  const isReal = year >= 1970 && year <= 9999 && noon.getUTCMonth() === month - 1 && noon.getUTCDate() === day;
  const at = isReal && time ? new Date(`${noon.toISOString().slice(0, 10)}T${time}`) : noon;
  if (isReal && !Number.isNaN(at.getTime())) return { at };
  const order = /[/-]\d{4}/.test(text) ? ` Dates of this file are read with the ${isMonthFirst(country) ? 'month' : 'day'} first, as in the default country.` : '';
  return { at: null, problem: `The date ‘${text}’ does not exist.`, howToFix: `Write it like 2026-05-03.${order}` };
}
