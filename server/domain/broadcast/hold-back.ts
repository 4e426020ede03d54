import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { nextBroadcasts, type DueBroadcast, type DueDelivery } from '#server/domain/broadcast/next.ts';
import { countryOf } from '#server/domain/contact/country.ts';
import type { LockedPace } from '#server/domain/sender/lock-pace.ts';
import { holdOf, type Hold, type TimeRules } from '#server/domain/time-zone/departure.ts';
import { placeOf, type HoldPlace } from '#server/domain/time-zone/hold-words.ts';
import { zonesOf } from '#server/domain/time-zone/of-person.ts';
import { stateHoursOf } from '#server/domain/time-zone/state-hours.ts';
import { readTimeRules, type SendRules } from '#server/domain/time-zone/rules.ts';

/** After a slice of which everybody waits, so many more are looked at: a night's worth must not be put aside one by one at the pace of the sender. */
const AHEAD = 1_000;

export type Skipped = { seq: number; reason: string };
/** Those that may get it now, and those who got another broadcast too recently. */
export type Timely = DueBroadcast & { untimely: Skipped[] };

/**
 * Part of the intent transaction: who may not get a message at this moment of the database's clock is held until they may (delivery_retry with
 * its reason, nothing is dropped); who was messaged by another broadcast within the cap is left out. The same for retries, which come here too.
 */
export async function holdBack(tx: Tx, ctx: Context, broadcast: DueBroadcast, now: number): Promise<Timely> {
  const rules = await readTimeRules(tx, ctx, broadcast.id);
  if (!rules || (!rules.quiet && rules.localSendAt === null && rules.capHours === null)) return { ...broadcast, untimely: [] };
  const people = await readTimes(tx, ctx, broadcast.deliveries.map(({ contactId }) => contactId), rules);
  const untimely = broadcast.deliveries.filter(({ contactId }) => people.get(contactId)?.isCapped).map(({ seq }) => ({ seq, reason: 'frequency_cap' }));
  const capped = new Set(untimely.map(({ seq }) => seq));
  const held = holdsOf(broadcast.deliveries.filter(({ seq }) => !capped.has(seq)), people, rules, now);
  await putAside(tx, ctx, broadcast.id, [...held].map(([seq, { until, reason, place, zone }]) => ({ seq, reason, place, zone, at: new Date(until).toISOString() })));
  return { ...broadcast, untimely, deliveries: broadcast.deliveries.filter(({ seq }) => !held.has(seq) && !capped.has(seq)) };
}

/** Holds back those who would come next, when all of this slice had to wait; the others go back and are taken at their turn. */
export async function holdAhead(tx: Tx, ctx: Context, pace: LockedPace): Promise<void> {
  const { broadcasts } = await nextBroadcasts(tx, ctx, pace, AHEAD);
  for (const broadcast of broadcasts) {
    const { deliveries, untimely } = await holdBack(tx, ctx, broadcast, pace.now);
    await putAside(tx, ctx, broadcast.id, [...deliveries, ...untimely].map(({ seq }) => ({ seq, reason: 'retry', at: new Date(pace.now).toISOString() })));
  }
}

type Times = { timeZone: string | null; lastHandedAt: string | null; isCapped: boolean };

/** Of these contacts: where they are, and whether another broadcast reached them within the cap. */
export async function readTimes(tx: Tx, ctx: Context, contactIds: readonly string[], { capHours, broadcastId, retryOf }: SendRules): Promise<Map<string, Times>> {
  const ids = JSON.stringify(contactIds);
  const found = await rows<Times & { id: string }>(tx, sql`
    select c.id, c.time_zone as "timeZone", r.last_handed_at as "lastHandedAt", coalesce(r.last_handed_at > clock_timestamp() - make_interval(hours => ${capHours}::int)
      and r.last_broadcast_id is distinct from ${broadcastId}::uuid and r.last_broadcast_id is distinct from ${retryOf ?? broadcastId}::uuid, false) as "isCapped"
    from contact c left join contact_reach r on r.organization_id = c.organization_id and r.contact_id = c.id
    where c.organization_id = ${ctx.organizationId} and c.id in (select value::uuid from json_array_elements_text(${ids}::json))`);
  return new Map(found.map(({ id, ...times }) => [id, times]));
}

/** By seq. People of the same zones and state share one answer. */
function holdsOf(deliveries: DueDelivery[], people: Map<string, Times>, rules: TimeRules, now: number): Map<number, Hold & HoldPlace> {
  const byZones = new Map<string, Hold | null>();
  const held = new Map<number, Hold & HoldPlace>();
  for (const { seq, contactId, recipient } of deliveries) {
    const timeZone = people.get(contactId)?.timeZone ?? null;
    const { zones, state } = placesOf(timeZone, recipient, rules);
    const key = `${zones.join()} ${state?.state}`;
    const hold = byZones.has(key) ? byZones.get(key) : holdOf(rules, zones, now, state);
    byZones.set(key, hold ?? null);
    if (hold) held.set(seq, { ...hold, ...placeOf(hold, zones, countryOf(recipient), timeZone !== null) });
  }
  return held;
}

/** Where somebody may be, and whose hours hold besides. */
export const placesOf = (timeZone: string | null, recipient: string, { home }: TimeRules) => ({ zones: zonesOf({ timeZone, recipient }, home), state: stateHoursOf(recipient) });

/** They are taken again at their moment. */
export async function putAside(tx: Tx, ctx: Context, broadcastId: string, held: Array<{ seq: number; reason: string; at: string } & Partial<HoldPlace>>) {
  if (held.length === 0) return;
  await tx.execute(sql`
    insert into delivery_retry (organization_id, broadcast_id, seq, due_at, reason, place, zone)
    select ${ctx.organizationId}, ${broadcastId}, h.seq, h.at, h.reason, h.place, h.zone from json_to_recordset(${JSON.stringify(held)}::json) as h(seq int, reason text, at timestamptz, place text, zone text)
    on conflict (organization_id, broadcast_id, seq) do update set due_at = excluded.due_at, reason = excluded.reason, place = excluded.place, zone = excluded.zone`);
}
