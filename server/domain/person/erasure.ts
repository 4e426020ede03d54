import { sql, type SQL } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import type { ErasureView } from '#server/domain/person/schema.ts';

/** Who is erased: their numbers (E.164), the same as channels write them, and what stands in the place of an address afterwards. */
export type Erasee = { id: string; phones: string[]; addresses: string[]; ghost: string };

/** Holds for an address of theirs. */
export const isTheirs = (column: SQL, { addresses }: Erasee): SQL => sql`${column} in (select value from json_array_elements_text(${JSON.stringify(addresses)}::json))`;

/** Holds for a delivery `d` to one of their numbers, whoever had it then, or to them at another number. */
export const isToThem = (erasee: Erasee): SQL => sql`(${isTheirs(sql`d.recipient`, erasee)} or d.contact_id = ${erasee.id})`;

/** Holds for a conversation `c` with them. */
export const isWithThem = (erasee: Erasee): SQL => sql`(c.contact_id = ${erasee.id} or ${isTheirs(sql`c.recipient`, erasee)})`;

/** A send that begins now would write to people as it saw them before: it ends first, or begins after us and does not find them. */
export async function stopSends(tx: Tx, ctx: Context): Promise<void> {
  await tx.execute(sql`select 1 from broadcast where organization_id = ${ctx.organizationId} and status in ('draft', 'scheduled') order by id for share`);
}

export async function countErasure(tx: Tx, ctx: Context, erasee: Erasee): Promise<ErasureView> {
  const [counts] = await rows<Omit<ErasureView, 'id' | 'keepsHash'>>(tx, sql`
    select (select count(*)::int from conversation c where c.organization_id = ${ctx.organizationId} and ${isWithThem(erasee)}) as conversations,
      (select count(*)::int from chat_message m join conversation c on c.organization_id = m.organization_id and c.id = m.conversation_id where c.organization_id = ${ctx.organizationId} and ${isWithThem(erasee)}) as "chatMessages",
      (select count(*)::int from activity where organization_id = ${ctx.organizationId} and contact_id = ${erasee.id}) as activities,
      (select count(*)::int from list_member where organization_id = ${ctx.organizationId} and contact_id = ${erasee.id}) as lists,
      (select count(*)::int from consent_event e where e.organization_id = ${ctx.organizationId} and (e.contact_id = ${erasee.id} or ${isTheirs(sql`e.phone`, erasee)})) as "consentEvents",
      (select count(*)::int from broadcast_delivery d where d.organization_id = ${ctx.organizationId} and ${isToThem(erasee)}) as deliveries,
      (select count(*)::int from broadcast_delivery d join broadcast b on b.organization_id = d.organization_id and b.id = d.broadcast_id
        where d.organization_id = ${ctx.organizationId} and d.status = 'queued' and b.status in ('sending', 'paused') and ${isToThem(erasee)}) as waiting`);
  return { id: erasee.id, ...counts!, keepsHash: erasee.phones.length > 0 };
}
