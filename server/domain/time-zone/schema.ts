import * as z from 'zod';

const known = new Map<string, boolean>();

/** An IANA name that this machine knows, like Europe/Berlin. Remembered, because files and audiences repeat the same few. */
export function isTimeZone(name: string): boolean {
  const answer = known.get(name) ?? canFormatIn(name);
  if (known.size < 1_000) known.set(name, answer);
  return answer;
}

/** Names with a place in them and UTC: abbreviations like EST have no daylight-saving time, and nobody means that. */
function canFormatIn(name: string): boolean {
  if (!name.includes('/') && name !== 'UTC') return false;
  try { new Intl.DateTimeFormat('en', { timeZone: name }); return true; } catch { return false; }
}

export const timeZoneName = z.string().max(64).refine(isTimeZone, 'Choose a time zone of the list, like America/New_York.');
