import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';

/** How Twilio's status callbacks come. */
export type Callbacks = {
  lastAt: Date | null;
  /** 95 of 100 messages had their first callback so many seconds after Twilio took them; null: none to measure. */
  p95Seconds: number | null;
  /** Messages that Twilio took, of broadcasts that ended between 10 minutes and a day ago and none of which was reported on. */
  silent: number;
};

const LATEST = 500; // callbacks; found by the key, however large the log is

/** Measured over the latest callbacks of the organisation. */
export async function readCallbacks(ctx: Context): Promise<Callbacks> {
  const { organizationId } = ctx;
  const [row] = await ctx.transaction((tx) => rows<{ last_at: string | null; p95: string | null; silent: string | null }>(tx, sql`
    with latest as (select sid, provider_status, received_at from (
      select sid, provider_status, received_at, source from message_event where organization_id = ${organizationId} order by id desc limit ${LATEST}) e where source = 'callback'),
    firsts as (select sid, min(received_at) as at from latest where provider_status in ('accepted', 'queued', 'sending', 'sent') group by sid)
    select (select max(received_at) from latest)::text as last_at,
      (select percentile_cont(0.95) within group (order by greatest(0, extract(epoch from f.at - a.answered_at)))
        from firsts f join attempt a on a.organization_id = ${organizationId} and a.sid = f.sid where a.answered_at is not null) as p95,
      (select sum(r.deliveries) from broadcast b join broadcast_rollup r on r.organization_id = b.organization_id and r.broadcast_id = b.id and r.status = 'sending'
        where b.organization_id = ${organizationId} and b.finished_at between now() - interval '1 day' and now() - interval '10 minutes'
          and b.finished_at > coalesce((select max(received_at) from latest), '-infinity')) as silent`));
  return { lastAt: row?.last_at ? new Date(row.last_at) : null, p95Seconds: row?.p95 ? Math.round(Number(row.p95) * 10) / 10 : null, silent: Number(row?.silent ?? 0) };
}
