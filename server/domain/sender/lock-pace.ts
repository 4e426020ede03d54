import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { delayed, heldSegments, reserveSlots, type PaceState } from '#server/domain/sender/pace.ts';
import { notFound } from '#server/errors.ts';

/** A sender whose calls stay unanswered this often in a row stands still, then tries with one message (breaker). */
export const BREAKER_STREAK = 5;
/** Nor may more than this many of its attempts be without an answer. */
const BREAKER_UNRESOLVED = 20;

export type LockedPace = PaceState & {
  id: string; cap: number; now: number; lastBroadcastId: string | null; streak: number; haltedFor: number; unresolved: number;
  clock: { offset: number; uncertainty: number };
};

/** The pace row, locked: whoever holds it gives out slots, the other workers wait a moment. Its clock is the database's. */
export async function lockPace(tx: Tx, ctx: Context, paceId: string): Promise<LockedPace> {
  const [row] = await rows<Omit<LockedPace, 'clock' | 'now' | 'unresolved'>>(tx, sql`
    select id, least(segments_per_second, lowered_to)::float8 as cap, next_at as "nextAt", recent_at as "recentAt", recent_segments as "recentSegments",
      last_broadcast_id as "lastBroadcastId", uncertain_streak as streak, coalesce(extract(epoch from halted_until - clock_timestamp()) * 1000, 0)::float8 as "haltedFor"
    from pace where organization_id = ${ctx.organizationId} and id = ${paceId} for update`);
  if (!row) throw notFound('sender');
  const before = performance.now();
  const [clock] = await rows<{ now: number; unresolved: number }>(tx, sql`
    select extract(epoch from clock_timestamp())::float8 * 1000 as now, (select count(*)::int from attempt
      where organization_id = ${ctx.organizationId} and pace_id = ${paceId} and state = 'uncertain' and check_at is not null) as unresolved`);
  const after = performance.now();
  return { ...row, ...clock!, clock: { offset: clock!.now - (before + after) / 2, uncertainty: (after - before) / 2 } };
}

/**
 * How many messages may be taken now, and else how long to wait, in ms. Slots are given out up to `horizon` ms ahead, and again when less than half
 * of that is left: the next slice is ready before the last one has gone out.
 */
export function openSlots(pace: LockedPace, horizon: number, averageSegments: number, capacity: number): { count: number; wait: number } {
  if (pace.haltedFor > 0) return { count: 0, wait: Math.min(pace.haltedFor, 1_000) };
  if (pace.unresolved >= BREAKER_UNRESOLVED) return { count: 0, wait: 1_000 };
  const ahead = pace.nextAt - pace.now;
  if (ahead > horizon / 2) return { count: 0, wait: ahead - horizon / 2 };
  if (pace.streak >= BREAKER_STREAK) return { count: 1, wait: 0 };
  const free = ((horizon - Math.max(0, ahead)) / 1_000) * (pace.cap / averageSegments);
  return { count: Math.max(1, Math.min(Math.floor(free), capacity)), wait: 0 };
}

/**
 * Gives each message its slot, the first not sooner than `headStart` ms from now because the transaction must end first, and writes the pace back.
 * `lateness`: by how much earlier messages missed their slots, in ms.
 * True when the last second was less than a tenth full: then lateness cannot matter. At a busier sender late messages would meet the slots that follow.
 */
export async function writePace(tx: Tx, ctx: Context, pace: LockedPace, messages: Array<{ segments: number; slot: number }>, lastBroadcastId: string, { headStart = 0, lateness = 0 } = {}): Promise<boolean> {
  const { slots, state } = reserveSlots(delayed(pace, lateness), pace.cap, messages.map(({ segments }) => segments), pace.now + headStart);
  messages.forEach((message, i) => { message.slot = slots[i]!; });
  await tx.execute(sql`
    update pace set next_at = ${state.nextAt}, recent_at = ${arrayOf(state.recentAt)}::float8[], recent_segments = ${arrayOf(state.recentSegments)}::int[], last_broadcast_id = ${lastBroadcastId}
    where organization_id = ${ctx.organizationId} and id = ${pace.id}`);
  return heldSegments(state, pace.now) * 10 < pace.cap;
}

const arrayOf = (numbers: number[]) => `{${numbers.join(',')}}`;
