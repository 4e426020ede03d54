import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastInput, ProgressView } from '#server/domain/broadcast/schema.ts';
import { noSituation, situationsOf } from '#server/domain/broadcast/situation.ts';
import { countsOf, noCounts } from '#server/domain/delivery/counts.ts';
import { isoOrNull } from '#server/domain/delivery/view.ts';
import { notFound } from '#server/errors.ts';

/** One snapshot of a broadcast from its rollups: a handful of rows, however many deliveries it has. @throws Problem not_found */
export async function broadcastProgress(ctx: Context, { id }: BroadcastInput): Promise<ProgressView> {
  return ctx.transaction(async (tx) => {
    const broadcast = await find(tx, ctx.organizationId, id);
    if (!broadcast) throw notFound('broadcast');
    const counts = (await countsOf(tx, ctx.organizationId, [id])).get(id) ?? noCounts();
    const situation = (await situationsOf(tx, ctx, broadcast.status === 'sending' ? [{ id, queued: counts.counts.queued }] : [])).get(id) ?? noSituation();
    return {
      id, status: broadcast.status, statusReason: broadcast.status_reason, total: broadcast.total, ...counts,
      segmentsPerSecond: broadcast.rate, startedAt: isoOrNull(broadcast.started_at), finishedAt: isoOrNull(broadcast.finished_at),
      holdUntil: isoOrNull(broadcast.hold_until), pauseAtSeq: broadcast.pause_at_seq, ...situation, asOf: ctx.now().toISOString(),
    };
  });
}

type ProgressRow = {
  status: ProgressView['status']; status_reason: string | null; total: number; started_at: string | null; finished_at: string | null; hold_until: string | null; pause_at_seq: number | null; rate: string | null;
};

async function find(tx: Tx, organizationId: string, id: string): Promise<ProgressRow | undefined> {
  const [row] = await rows<ProgressRow>(tx, sql`
    select b.status, b.status_reason, b.total, b.started_at, b.finished_at, case when b.hold_until > clock_timestamp() then b.hold_until end as hold_until, b.pause_at_seq,
      least(p.segments_per_second, p.lowered_to)::text as rate
    from broadcast b left join pace p on p.organization_id = b.organization_id and p.id = b.pace_id
    where b.organization_id = ${organizationId} and b.id = ${id}`);
  return row;
}
