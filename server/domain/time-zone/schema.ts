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

/** When would a broadcast leave? `at`: wall clock in `timeZone`, or with isLocal in the zone of each recipient; left out: now. */
export const departuresInput = z.object({
  id: z.uuid(), at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'Write the time like 2026-12-24T09:00.').optional(), timeZone: timeZoneName.default('UTC'), isLocal: z.boolean().default(false),
});
export type DeparturesInput = z.input<typeof departuresInput>;

export const departuresView = z.object({
  /** When it begins; with isLocal when the first clock of the earth shows the hour. */
  startsAt: z.iso.datetime(),
  /** Why this time cannot be chosen, in words. */
  problem: z.string().nullable(),
  /** The clocks of the chosen zone leave this time out that night, or show it twice. */
  clockChange: z.enum(['left_out', 'twice']).nullable(),
  organizationTimeZone: z.string(), quietFrom: z.string().nullable(), quietTo: z.string().nullable(), ignoresQuietHours: z.boolean(),
  people: z.number().int(),
  /** Those who wait for the end of their quiet hours. */
  quietPeople: z.number().int(),
  /** Who leaves when, by zone, the earliest first; zone null: may be in several, so the strictest of them decides. */
  departures: z.array(z.object({ zone: z.string().nullable(), people: z.number().int(), at: z.iso.datetime(), isQuiet: z.boolean(),
    /** The stricter hours of a state that hold them, in words. */
    rule: z.string().nullable() })),
});
export type DeparturesView = z.infer<typeof departuresView>;
