import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';

/** The contact who wrote. */
export type Writer = { id: string; phone: string | null; optedOut: boolean };

/**
 * The contact who wrote: the one with this number in either form, first that of the conversation, which stays theirs also when nobody has the number any
 * more; else the one whom Meta knows by the same id. A stranger has none.
 */
export async function contactOf(tx: Tx, ctx: Context, { from, waUserId }: { from: string; waUserId?: string | null }, current: string | null): Promise<Writer | null> {
  const phones = sameSubscriber(from).flatMap((address) => /^(?:[a-z]+:)?(\+\d{6,15})$/.exec(address)?.[1] ?? []);
  const [found] = await rows<Writer>(tx, sql`
    select id, phone, opted_out as "optedOut" from contact
    where organization_id = ${ctx.organizationId} and (id = ${current} or phone in (select value from json_array_elements_text(${JSON.stringify(phones)}::json)))
    order by phone in (select value from json_array_elements_text(${JSON.stringify(phones)}::json)) desc nulls last, id is not distinct from ${current} desc, phone = ${phones[0] ?? null} desc limit 1`);
  return found ?? (waUserId ? contactByUser(tx, ctx, waUserId) : null);
}

async function contactByUser(tx: Tx, ctx: Context, waUserId: string): Promise<Writer | null> {
  const [found] = await rows<Writer>(tx, sql`
    select c.id, c.phone, c.opted_out as "optedOut" from conversation w join contact c on c.organization_id = w.organization_id and c.id = w.contact_id
    where w.organization_id = ${ctx.organizationId} and w.wa_user_id = ${waUserId} order by w.last_inbound_at desc nulls last limit 1`);
  return found ?? null;
}
