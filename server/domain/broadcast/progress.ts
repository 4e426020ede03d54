import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastInput, ProgressView } from '#server/domain/broadcast/schema.ts';
import { countsOf, noCounts } from '#server/domain/delivery/counts.ts';
import { notFound } from '#server/errors.ts';

/** One snapshot of a broadcast from its rollups: a handful of rows, however many deliveries it has. @throws Problem not_found */
export async function broadcastProgress(ctx: Context, { id }: BroadcastInput): Promise<ProgressView> {
  return ctx.transaction(async (tx) => {
    const broadcast = await find(tx, ctx.organizationId, id);
    if (!broadcast) throw notFound('broadcast');
    const counts = (await countsOf(tx, ctx.organizationId, [id])).get(id) ?? noCounts();
    return {
      id, status: broadcast.status, statusReason: broadcast.status_reason, total: broadcast.total, ...counts,
      segmentsPerSecond: broadcast.rate, startedAt: isoOrNull(broadcast.started_at), finishedAt: isoOrNull(broadcast.finished_at),
      secondsLeft: secondsLeft(broadcast, counts.counts.queued), holdUntil: null, pauseAtSeq: null, held: [], limitedBy: null, asOf: ctx.now().toISOString(),
    };
  });
}

type ProgressRow = {
  status: ProgressView['status']; status_reason: string | null; total: number; started_at: string | null; finished_at: string | null;
  rate: string | null; halted_seconds: number; sharing: number; segments_each: number;
};

/** With the pace that it shares, and how many segments a message of it has on average. */
async function find(tx: Tx, organizationId: string, id: string): Promise<ProgressRow | undefined> {
  const [row] = await rows<ProgressRow>(tx, sql`
    select b.status, b.status_reason, b.total, b.started_at, b.finished_at, least(p.segments_per_second, p.lowered_to)::text as rate,
      greatest(0, coalesce(extract(epoch from p.halted_until - clock_timestamp()), 0))::float8 as halted_seconds,
      (select count(*)::int from broadcast o where o.organization_id = b.organization_id and o.pace_id = b.pace_id and o.status = 'sending') as sharing,
      (select coalesce(sum(r.segments) / nullif(sum(r.deliveries) filter (where r.segments <> 0), 0), 1)::float8 from broadcast_rollup r
        where r.organization_id = b.organization_id and r.broadcast_id = b.id) as segments_each
    from broadcast b left join pace p on p.organization_id = b.organization_id and p.id = b.pace_id
    where b.organization_id = ${organizationId} and b.id = ${id}`);
  return row;
}

/** Broadcasts that share a sender take turns, so each has its part of the pace. Null while nothing is being handed over. */
function secondsLeft(broadcast: ProgressRow, queued: number): number | null {
  if (broadcast.status !== 'sending' || broadcast.rate === null) return null;
  const segments = queued * Math.max(1, broadcast.segments_each);
  return Math.ceil((segments * Math.max(1, broadcast.sharing)) / Number(broadcast.rate) + (queued > 0 ? broadcast.halted_seconds : 0));
}

const isoOrNull = (moment: string | null) => (moment === null ? null : new Date(moment).toISOString());
