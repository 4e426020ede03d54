import * as z from 'zod';

const seconds = z.number().int().nullable();

export const healthView = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  checks: z.object({
    database: z.enum(['ok', 'down']),
    migrations: z.enum(['current', 'behind', 'unknown']),
    /** When the youngest sign of life of any worker was; null: none ever reported. */
    worker: z.object({ lastSeen: z.iso.datetime().nullable() }),
    /** Age of the work that has been due the longest, in seconds; null: nothing is due. */
    oldestDueSeconds: seconds,
    /** Calls to Twilio whose outcome is still being found out, past their lease. */
    unresolvedAttempts: z.number().int().nullable(),
    /** Messages that Twilio took and has not priced; it may take a day. */
    unpricedMessages: z.number().int().nullable(),
    /** Age of the oldest of them, counted from the end of its day (UTC). */
    oldestUnpricedSeconds: seconds,
    /** Requests at Twilio's doors that were turned away (403) since this process began; a rise may mean an auth token that was changed at Twilio only. */
    refusedWebhooks: z.number().int(),
  }),
});
export type HealthView = z.infer<typeof healthView>;
