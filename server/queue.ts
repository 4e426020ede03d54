import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { Tx } from '#db/index.ts';

/** Every job by name with its payload: ids only, never a phone number or a text. A job is a wake-up; the truth stands in the domain's tables. */
export const jobs = {
  'import-contacts': z.object({ organizationId: z.uuid(), uploadId: z.uuid() }),
  /** Every link between an organisation and Twilio is tested. */
  'check-connection': z.object({ organizationId: z.uuid() }),
  'dispatch-sender': z.object({ organizationId: z.uuid(), paceId: z.uuid() }),
  'resolve-attempts': z.object({ organizationId: z.uuid() }),
  'read-usage': z.object({ organizationId: z.uuid() }),
  'settle-prices': z.object({ organizationId: z.uuid() }),
  'check-templates': z.object({ organizationId: z.uuid() }),
  'start-broadcast': z.object({ organizationId: z.uuid(), broadcastId: z.uuid() }),
  /** Keyword rules look at a message (P78). */
  'run-rules': z.object({ organizationId: z.uuid(), messageId: z.uuid() }),
  /** Webhooks that keyword rules owe. */
  'call-rule-webhooks': z.object({ organizationId: z.uuid() }),
  /** Devices learn that somebody wrote. */
  'push-message': z.object({ organizationId: z.uuid(), messageId: z.uuid() }),
  /** Devices learn what a keyword rule calls for; runId is the message that the rule acted on. */
  'push-notice': z.object({ organizationId: z.uuid(), runId: z.uuid() }),
  /** Twilio learns of opt-outs and consents that were decided here. */
  'push-consents': z.object({ organizationId: z.uuid() }),
  /** Our opt-outs are compared with what Twilio can tell. */
  'check-opt-outs': z.object({ organizationId: z.uuid() }),
  /** Registration and caps of senders follow Twilio. */
  'sync-senders': z.object({ organizationId: z.uuid() }),
  sweep: z.object({}),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]>;

/**
 * Adds a job in the caller's transaction: no commit, no job. With `key` a waiting job of the same key is replaced instead of doubled (a key is no
 * lock: the same work may still run twice at once).
 */
export async function enqueue<Name extends JobName>(
  tx: Tx, name: Name, payload: JobPayload<Name>, options: { runAt?: Date; key?: string } = {},
): Promise<void> {
  await tx.execute(sql`select graphile_worker.add_job(
    identifier => ${name}, payload => ${JSON.stringify(payload)}::json,
    run_at => ${options.runAt?.toISOString() ?? null}::timestamptz, job_key => ${options.key ?? null}::text, max_attempts => 25)`);
}
