import type { Context } from '#server/context.ts';
import type { VersionRow } from '#server/domain/template/row.ts';
import { env } from '#server/env.ts';

const MINUTE = 60_000; // ms
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * When the status is read again (facts/twilio.md §7.6): every 2 minutes in the first hour, every 15 to the 48th, then daily. What is paused comes back
 * within hours, and broadcasts wait for it. A rejected and a disabled one never change; but a refusal without its reason is read at once.
 */
export function nextCheck(ctx: Context, { status, submittedAt, createdAt, rejectionReason }: Pick<VersionRow, 'status' | 'submittedAt' | 'createdAt' | 'rejectionReason'>): Date | null {
  const waited = ctx.now().getTime() - (submittedAt ?? createdAt).getTime();
  const after = (milliseconds: number) => new Date(ctx.now().getTime() + milliseconds);
  switch (status) {
    case 'draft': case 'disabled': return null;
    case 'rejected': return rejectionReason === null && waited < DAY ? after(MINUTE / 12) : null;
    case 'received': case 'pending': return after(isSimulated() && waited < HOUR ? 2_000 : waited < HOUR ? 2 * MINUTE : waited < 2 * DAY ? 15 * MINUTE : DAY);
    case 'paused': return after(isSimulated() ? 2_000 : 15 * MINUTE);
    case 'approved': return after(isSimulated() && waited < HOUR ? 5_000 : DAY);
  }
}

/** The simulator decides within seconds, and pauses what it has approved. */
const isSimulated = () => env().TWILIO_BASE_URL !== undefined;
