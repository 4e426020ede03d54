import { sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { CalendarInput, CalendarView } from '#server/domain/broadcast/schema.ts';
import { notFound } from '#server/errors.ts';

/** More in a month is a list, not a calendar. */
const MOST = 500;

/**
 * What starts or started in a month, in the days of the organisation's time zone, the earliest first. A broadcast that goes by each recipient's own clock
 * stands on the day that those clocks show.
 */
export async function broadcastCalendar(ctx: Context, { month }: CalendarInput): Promise<CalendarView> {
  return ctx.transaction(async (tx) => {
    const [place] = await rows<{ zone: string; today: string }>(tx, sql`
      select time_zone as zone, (${ctx.now().toISOString()}::timestamptz at time zone time_zone)::date::text as today from organization where id = ${ctx.organizationId}`);
    if (!place) throw notFound('organisation');
    const shown = month ?? place.today.slice(0, 7);
    const found = await rows<Entry>(tx, sql`
      select * from (
        select b.id, b.name, b.channel, b.status, b.last_seq - coalesce((select sum(r.deliveries)::int from broadcast_rollup r where r.organization_id = b.organization_id and r.broadcast_id = b.id and r.status = 'skipped'), 0) as total, coalesce(b.started_at, b.scheduled_at) as at, coalesce(s.address, b.sender_phone) as sender, b.local_send_at is not null as "isLocal",
          case when b.started_at is null and b.local_send_at is not null then b.local_send_at else to_char(coalesce(b.started_at, b.scheduled_at) at time zone ${place.zone}, 'YYYY-MM-DD"T"HH24:MI') end as clock
        from broadcast b left join sender s on s.organization_id = b.organization_id and s.id = b.sender_id
        where b.organization_id = ${ctx.organizationId} and b.purpose = 'broadcast' and b.status <> 'draft'
      ) entry where left(clock, 7) = ${shown} order by clock, id limit ${MOST + 1}`);
    return {
      month: shown, today: place.today, timeZone: place.zone, isCut: found.length > MOST,
      entries: found.slice(0, MOST).map(({ at, clock, total, ...entry }) => ({ ...entry, at: new Date(at).toISOString(), day: clock.slice(0, 10), time: clock.slice(11), total: entry.status === 'scheduled' ? null : total })),
    };
  });
}

type Entry = Omit<CalendarView['entries'][number], 'day' | 'time' | 'total'> & { clock: string; total: number };
