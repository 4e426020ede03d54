import { sql, type SQL } from 'drizzle-orm';
import { broadcasts, senders } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { BroadcastFilters } from '#server/domain/broadcast/schema.ts';

/** The number it goes out from: fixed when it begins, chosen before; null: the system number of that moment. */
export const senderOf = sql`coalesce((select s.address from ${senders} s where s.organization_id = ${broadcasts.organizationId} and s.id = ${broadcasts.senderId}), ${broadcasts.senderPhone})`;

/** Broadcasts of the organisation, without tests and answers, that fit. `from` and `to` are days of the organisation's zone, both included: of the start, or the planned one. */
export function whereListed(ctx: Context, { search, status, channel, sender, author, from, to }: BroadcastFilters): SQL {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const start = sql`coalesce(${broadcasts.startedAt}, ${broadcasts.scheduledAt})`;
  const zone = sql`(select time_zone from organization where id = ${ctx.organizationId})`;
  return sql.join([
    sql`${broadcasts.organizationId} = ${ctx.organizationId} and ${broadcasts.purpose} = 'broadcast'`,
    ...(search ? [sql`(${broadcasts.name} ilike ${pattern} or ${broadcasts.content} ilike ${pattern})`] : []),
    ...(status ? [sql`${broadcasts.status} = ${status}`] : []),
    ...(channel ? [sql`${broadcasts.channel} = ${channel}`] : []),
    ...(sender ? [sql`${senderOf} = ${sender}`] : []),
    ...(author ? [sql`${broadcasts.createdBy} = ${author}`] : []),
    ...(from ? [sql`${start} >= ${from}::date::timestamp at time zone ${zone}`] : []),
    ...(to ? [sql`${start} < (${to}::date + 1)::timestamp at time zone ${zone}`] : []),
  ], sql` and `);
}
