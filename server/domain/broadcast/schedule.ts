import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { fixAudience, unfixAudience } from '#server/domain/audience/fix.ts';
import { requireApproval } from '#server/domain/broadcast/approval.ts';
import { whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { SendBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { sendSize } from '#server/domain/broadcast/send-size.ts';
import { isTimeZone } from '#server/domain/time-zone/schema.ts';
import { readWallClock, type WallClock } from '#server/domain/time-zone/wall-clock.ts';
import { invalidField } from '#server/errors.ts';
import { enqueue } from '#server/queue.ts';

const FURTHEST = 366 * 86_400_000; // ms
/** The first and the last clocks of the earth, in minutes ahead of UTC: Kiritimati, and ships in the far west. */
const [FIRST_CLOCK, LAST_CLOCK] = [14 * 60, -12 * 60];

type Schedule = Pick<SendBroadcastInput, 'scheduledAt' | 'localSendAt' | 'timeZone' | 'fixAudience'>;
type When = { scheduledAt: Date; localSendAt: string | null };

/** True when the send is for later. @throws Problem validation_failed when only a part of a schedule is given: such a send must not leave at once. */
export function isForLater({ scheduledAt, localSendAt, timeZone, fixAudience }: Schedule): boolean {
  if (scheduledAt !== undefined && localSendAt !== undefined) throw invalidField('localSendAt', 'Give either scheduledAt, one moment for all, or localSendAt, the same hour in each recipient’s zone.');
  const isLater = scheduledAt !== undefined || localSendAt !== undefined;
  if (!isLater && (timeZone !== undefined || fixAudience !== undefined)) throw invalidField('scheduledAt', 'timeZone and fixAudience belong to a schedule. Give scheduledAt or localSendAt too, or leave them out to send now.', 'required');
  return isLater;
}

/**
 * Books the start of a draft, or books it anew. One moment for all, or an hour on each recipient's own wall: then it begins when the first clock of the
 * earth shows it, and everybody is held until their own does (hold-back.ts). The audience is fixed now, or resolved at the start.
 * @throws Problem validation_failed for a time that has passed everywhere, does not exist, or is more than a year ahead
 */
export async function scheduleBroadcast(tx: Tx, ctx: Context, broadcast: BroadcastRow, input: Schedule): Promise<BroadcastRow> {
  if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) throw invalidField('timeZone', 'Choose a time zone of the list, like America/New_York.');
  const when = readTime(ctx, input);
  await unfixAudience(tx, ctx, broadcast);
  const fresh = { ...broadcast, audienceFixedAt: null };
  await requireApproval(tx, ctx, fresh, await sendSize(tx, ctx, fresh));
  if (input.fixAudience) await fixAudience(tx, ctx, fresh);
  const [scheduled] = await tx.update(broadcasts).set({ status: 'scheduled', statusReason: null, ...when, timeZone: input.timeZone ?? null, updatedAt: ctx.now(), version: broadcast.version + 1 })
    .where(whereBroadcast(ctx, broadcast.id)).returning();
  await enqueue(tx, 'start-broadcast', { organizationId: ctx.organizationId, broadcastId: broadcast.id }, { runAt: when.scheduledAt });
  return scheduled!;
}

/** Takes the booking off; its job finds nothing to do. */
export const noSchedule = { scheduledAt: null, localSendAt: null, timeZone: null };

/** When it would begin. @throws Problem validation_failed */
export function readTime(ctx: Context, { scheduledAt, localSendAt }: Pick<Schedule, 'scheduledAt' | 'localSendAt'>): When {
  if (localSendAt === undefined) return { scheduledAt: inReach(ctx, 'scheduledAt', new Date(scheduledAt!)), localSendAt: null }; // isForLater: one of them is given
  const wall = readWallClock(localSendAt);
  if (wall === null) throw invalidField('localSendAt', 'This day or hour does not exist. Write the time like 2026-12-24T09:00.');
  inReach(ctx, 'localSendAt', whereClocksAre(wall, LAST_CLOCK));
  return { scheduledAt: new Date(Math.max(ctx.now().getTime(), whereClocksAre(wall, FIRST_CLOCK).getTime())), localSendAt };
}

const whereClocksAre = (wall: WallClock, ahead: number) => new Date((wall - ahead) * 60_000);

function inReach(ctx: Context, field: string, at: Date): Date {
  if (at <= ctx.now()) throw invalidField(field, 'This time is in the past. Choose a later one, or send now.', 'in_the_past');
  if (at.getTime() - ctx.now().getTime() > FURTHEST) throw invalidField(field, 'This is more than a year ahead. Choose an earlier time.', 'too_far');
  return at;
}
