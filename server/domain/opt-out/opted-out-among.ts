import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';

/**
 * Which of these numbers (E.164) get nothing: who left the organisation, also when their contact was deleted since (or comes back in this moment), and who left
 * `sender`, one of our addresses; under either form of their number. A transaction that is about to write to them holds their contacts, or lockStrangers, since before it asks.
 */
export async function optedOutAmong(tx: Tx, ctx: Context, phones: readonly string[], sender: string | null = null): Promise<Set<string>> {
  if (phones.length === 0) return new Set();
  // Each number is looked up in three unique indexes: joins would tempt the planner to read a whole table for a slice of messages.
  const asked = phones.flatMap((phone) => sameSubscriber(phone).map((form) => ({ phone, form })));
  const found = await rows<{ phone: string }>(tx, sql`
    select asked.phone from json_to_recordset(${JSON.stringify(asked)}::json) as asked(phone text, form text)
    cross join lateral (select
      (select c.opted_out from contact c where c.organization_id = ${ctx.organizationId} and c.phone = asked.form limit 1) as is_out,
      (select true from kept_opt_out k where k.organization_id = ${ctx.organizationId} and k.phone = asked.form limit 1) as is_kept,
      (select true from sender_opt_out s where s.organization_id = ${ctx.organizationId} and s.sender = ${sender} and s.phone = asked.form limit 1) as has_left_sender,
      -- Hashed only where the organisation has erased anybody.
      case when (select exists (select 1 from erased_phone where organization_id = ${ctx.organizationId})) and not exists (select 1 from contact c where c.organization_id = ${ctx.organizationId} and c.phone = asked.form)
        then exists (select 1 from erased_phone e where e.organization_id = ${ctx.organizationId} and e.hash = any(erasure_hashes(${ctx.organizationId}::uuid, asked.form))) end as is_erased) known
    where is_out or is_kept or has_left_sender or is_erased`);
  return new Set(found.map(({ phone }) => phone));
}

/**
 * The same for numbers whose contacts the caller has read and holds: only what stands beside a contact is asked for, an opt-out that was kept in the moment in which the contact came,
 * and who left this one sender. Most organisations have neither, which is one look for a whole slice.
 */
export async function leftBesidesContact(tx: Tx, ctx: Context, phones: readonly string[], sender: string): Promise<Set<string>> {
  if (phones.length === 0) return new Set();
  const [any] = await rows<{ is: boolean }>(tx, sql`
    select exists (select 1 from kept_opt_out where organization_id = ${ctx.organizationId}) or exists (select 1 from sender_opt_out where organization_id = ${ctx.organizationId} and sender = ${sender}) as is`);
  return any!.is ? optedOutAmong(tx, ctx, phones, sender) : new Set();
}
