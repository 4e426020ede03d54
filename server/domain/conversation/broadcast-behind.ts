import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';

/** What somebody writes within so many hours of a message is put down to the broadcast of that message. */
const ANSWER_HOURS = 72;

/**
 * The broadcast whose message this sender last handed to one of these addresses, when that was not long ago: what they seem to answer. One probe of the
 * unique index on its recipients per broadcast of these days.
 */
export async function broadcastBehind(tx: Tx, ctx: Context, senderId: string, addresses: string[]): Promise<string | null> {
  const [found] = await rows<{ id: string }>(tx, sql`
    select b.id from broadcast b
    cross join json_array_elements_text(${JSON.stringify(addresses)}::json) person(address)
    cross join lateral (select handed_at from broadcast_delivery probe where probe.broadcast_id = b.id and probe.recipient = person.address limit 1) d
    where b.organization_id = ${ctx.organizationId} and b.sender_id = ${senderId} and b.purpose = 'broadcast' and b.last_seq > 0
      and coalesce(b.finished_at, now()) > now() - make_interval(hours => ${ANSWER_HOURS}) and d.handed_at > now() - make_interval(hours => ${ANSWER_HOURS})
    order by d.handed_at desc limit 1`);
  return found?.id ?? null;
}
