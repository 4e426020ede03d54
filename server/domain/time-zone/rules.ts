import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { TimeRules } from './departure.ts';
import { quietHours } from './quiet-hours.ts';
import { readWallClock } from './wall-clock.ts';

/** All that decides when somebody may get a message of this broadcast (null: of one that begins now); `retryOf` is the broadcast that it tries again. */
export type SendRules = TimeRules & { broadcastId: string | null; capHours: number | null; retryOf: string | null };

type Row = { timeZone: string; defaultCountry: string; quietFrom: string | null; quietTo: string | null; localSendAt: string | null; capHours: number | null; retryOf: string | null };

/** As they stand now: a setting that changes while a broadcast is under way holds from its next message on. A test send knows no such rules: somebody asked for it now. */
export async function readTimeRules(tx: Tx, ctx: Context, broadcastId: string): Promise<SendRules | null> {
  const [row] = await rows<Row>(tx, sql`
    select o.time_zone as "timeZone", o.default_country as "defaultCountry", b.local_send_at as "localSendAt", b.retry_of as "retryOf",
      case when not b.ignores_quiet_hours then o.quiet_from end as "quietFrom", case when not b.ignores_quiet_hours then o.quiet_to end as "quietTo", o.frequency_cap_hours as "capHours"
    from broadcast b join organization o on o.id = b.organization_id
    where b.organization_id = ${ctx.organizationId} and b.id = ${broadcastId} and b.purpose = 'broadcast'`);
  return row ? rulesOf(broadcastId, row) : null;
}

/** The organisation's own: what holds for an ordinary broadcast that would begin now. */
export async function readOwnRules(tx: Tx, ctx: Context): Promise<SendRules> {
  const [row] = await rows<Row>(tx, sql`
    select time_zone as "timeZone", default_country as "defaultCountry", null as "localSendAt", null as "retryOf", quiet_from as "quietFrom", quiet_to as "quietTo", frequency_cap_hours as "capHours"
    from organization where id = ${ctx.organizationId}`);
  return rulesOf(null, row!);
}

function rulesOf(broadcastId: string | null, row: Row): SendRules {
  const { timeZone, defaultCountry, quietFrom, quietTo, localSendAt, capHours, retryOf } = row;
  return { broadcastId, capHours, retryOf, home: { timeZone, defaultCountry }, quiet: quietHours(quietFrom, quietTo), localSendAt: localSendAt === null ? null : readWallClock(localSendAt) };
}
