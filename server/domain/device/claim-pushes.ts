import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { EventFacts } from '#server/domain/device/read-event.ts';
import type { DeviceRow } from '#server/domain/device/row.ts';
import { isQuiet, quietHours } from '#server/domain/time-zone/quiet-hours.ts';

export const MOST_TRIES = 5;
/** A message of yesterday is no news: pushes that come later are not made. In ms. */
const FRESH = 3_600_000;
export const CLAIM = 60; // s; a push is given up after ten

/** A device to which one event is pushed now, and by this process only. */
export type Claim = Pick<DeviceRow, 'organizationId' | 'pushEndpoint' | 'sealedPushKeys' | 'showsText' | 'capabilities'> & { deviceId: string; tries: number };
type Candidate = Omit<Claim, 'tries'> & Pick<DeviceRow, 'quietFrom' | 'quietUntil' | 'timeZone' | 'quietEvents'>;

/**
 * Who gets it: subscribed devices that want such events, of the colleague who has the conversation, else of everybody; not while it is quiet for them. Each
 * once. `isHeld`: another process has claimed some, and may have died with them.
 */
export async function claimPushes(tx: Tx, ctx: Context, event: EventFacts): Promise<{ claims: Claim[]; isHeld: boolean }> {
  if (ctx.now().getTime() - event.writtenAt.getTime() > FRESH) return { claims: [], isHeld: false };
  const isHeld = await areSomeHeld(tx, ctx, event.seq);
  const wanting = (await readCandidates(tx, ctx, event)).filter((device) => !isQuietFor(ctx, device, event.kind));
  const ids = JSON.stringify(wanting.map(({ deviceId }) => ({ id: deviceId })));
  // What is done, or in another process's hands, is not taken.
  const claimed = await rows<{ deviceId: string; tries: number }>(tx, sql`
    insert into device_push as x (organization_id, device_id, seq, claimed_until)
    select ${ctx.organizationId}::uuid, id, ${event.seq}, clock_timestamp() + make_interval(secs => ${CLAIM}) from json_to_recordset(${ids}::json) as t(id uuid)
    on conflict (organization_id, device_id, seq) do update set tries = x.tries + 1, claimed_until = excluded.claimed_until
      where x.done_at is null and x.claimed_until <= clock_timestamp() and x.tries < ${MOST_TRIES}
    returning device_id as "deviceId", tries`);
  const tries = new Map(claimed.map((row) => [row.deviceId, row.tries]));
  return { claims: wanting.flatMap((device) => { const n = tries.get(device.deviceId); return n === undefined ? [] : [{ ...device, tries: n }]; }), isHeld };
}

async function areSomeHeld(tx: Tx, ctx: Context, seq: number): Promise<boolean> {
  const held = await rows(tx, sql`select from device_push where organization_id = ${ctx.organizationId} and seq = ${seq} and done_at is null and claimed_until > clock_timestamp() limit 1`);
  return held.length > 0;
}

// Whoever left the organisation hears nothing of it any more, and neither does a browser that is signed out; a device that came later has not missed this.
const readCandidates = (tx: Tx, ctx: Context, event: EventFacts) => rows<Candidate>(tx, sql`
  select d.organization_id as "organizationId", d.id as "deviceId", d.push_endpoint as "pushEndpoint", d.sealed_push_keys as "sealedPushKeys", d.shows_text as "showsText", d.capabilities,
    d.quiet_from as "quietFrom", d.quiet_until as "quietUntil", d.time_zone as "timeZone", d.quiet_events as "quietEvents"
  from device d join membership m on m.organization_id = d.organization_id and m.user_id = d.user_id
    join session s on s.id = d.session_id and s.revoked_at is null and s.expires_at > ${ctx.now().toISOString()}::timestamptz
  where d.organization_id = ${ctx.organizationId} and d.push_endpoint is not null and d.sealed_push_keys is not null and ${event.kind} = any(d.events)
    and d.created_at <= ${event.writtenAt.toISOString()}::timestamptz and (${event.assignedTo}::uuid is null or d.user_id = ${event.assignedTo}::uuid)
  order by d.id`);

function isQuietFor(ctx: Context, { quietFrom, quietUntil, timeZone, quietEvents }: Candidate, kind: string): boolean {
  const quiet = quietHours(quietFrom, quietUntil);
  return quiet !== null && timeZone !== null && quietEvents.includes(kind) && isQuiet(quiet, timeZone, ctx.now().getTime());
}
