import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { readTimelineInput, type ReadTimelineInput, type Timeline, type TimelineEntry } from '#server/domain/contact/schema.ts';
import { branches, type ContactRow } from '#server/domain/contact/timeline-branches.ts';
import { zonesOfNumber } from '#server/domain/time-zone/of-number.ts';
import { notFound } from '#server/errors.ts';

type Row = { at_us: string; id: string; kind: TimelineEntry['kind']; detail: Record<string, unknown> };

/**
 * What happened between us and one person, newest first: broadcasts with what became of them, what they wrote and what we answered, consent and opt-outs,
 * lists, imports and notes. Nothing of the order ever changes except for a message that is handed over meanwhile.
 * @throws Problem not_found
 */
export async function readTimeline(ctx: Context, input: ReadTimelineInput): Promise<Timeline> {
  const { contactId, kinds, cursor, limit } = readTimelineInput.parse(input);
  return ctx.transaction(async (tx) => {
    const [contact] = await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.id, contactId)));
    if (!contact) throw notFound('contact');
    const wanted = Object.entries(branches).filter(([kind]) => !kinds?.length || kinds.some((each) => each === kind)).map(([, branch]) => branch(contact));
    const found = await rows<Row>(tx, sql`
      select * from (select (extract(epoch from at) * 1000000)::bigint as at_us, id, kind, detail from (${sql.join(wanted, sql` union all `)}) everything) entry
      ${cursor ? sql`where (at_us, id) < (${cursor.split('~')[0]}::bigint, ${cursor.slice(cursor.indexOf('~') + 1)})` : sql``}
      order by at_us desc, id desc limit ${limit + 1}`);
    const last = found.length > limit ? found[limit - 1] : undefined;
    const data = found.slice(0, limit).map(entryOf);
    return { data: await withEvents(tx, ctx, data), nextCursor: last ? `${last.at_us}~${last.id}` : null, zone: zoneOf(contact) };
  });
}

/** `detail` was built with the fields of its kind by the branch below. */
const entryOf = ({ at_us, id, kind, detail }: Row) => ({ ...detail, kind, id, at: new Date(Number(at_us) / 1000).toISOString() }) as TimelineEntry;

/** What Twilio reported of the messages on this page, folded into them. */
async function withEvents(tx: Tx, ctx: Context, entries: TimelineEntry[]): Promise<TimelineEntry[]> {
  const deliveries = entries.flatMap((entry) => (entry.kind === 'message' ? [{ id: entry.deliveryId, broadcast_id: entry.broadcastId, seq: Number(entry.deliveryId.split('-').at(-1)) }] : []));
  if (deliveries.length === 0) return entries;
  const found = await rows<{ id: string; type: string; at: string; errorCode: number | null }>(tx, sql`
    select d.id, e.provider_status as type, e.received_at as at, nullif(e.error_code, 0) as "errorCode" from json_to_recordset(${JSON.stringify(deliveries)}::json) as d(id text, broadcast_id uuid, seq int)
    join message_event e on e.broadcast_id = d.broadcast_id and e.seq = d.seq where e.organization_id = ${ctx.organizationId} order by e.received_at, e.id`);
  const events = Map.groupBy(found.map(({ at, ...event }) => ({ ...event, at: new Date(at).toISOString() })), ({ id }) => id);
  return entries.map((entry) => (entry.kind === 'message' ? { ...entry, events: (events.get(entry.deliveryId) ?? []).map(({ type, at, errorCode }) => ({ type, at, errorCode })) } : entry));
}

function zoneOf({ timeZone, phone }: ContactRow): Timeline['zone'] {
  if (timeZone) return { name: timeZone, isGuessed: false };
  const zones = phone ? zonesOfNumber(phone) : [];
  return zones.length === 1 && zones[0] ? { name: zones[0], isGuessed: true } : null;
}
