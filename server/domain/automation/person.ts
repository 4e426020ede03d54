import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import type { Person } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import type { Facts } from '#server/domain/automation/decide.ts';

export type ContactRow = typeof contacts.$inferSelect;

/** A person as rules know them: their number without its channel, or the address when it shows none. */
export const personOf = (address: string): string => address.replace(/^[a-z]+:(?=\+)/, '');

/** E.164, or null for an address that is no number. */
export const phoneOf = (address: string): string | null => (/^\+\d{6,15}$/.test(personOf(address)) ? personOf(address) : null);

/** The contact with this number. With `lock` an opt-out either was committed before, and is seen, or waits. */
export async function contactWith(tx: Tx, ctx: Context, phone: string | null, { lock = false } = {}): Promise<ContactRow | null> {
  if (!phone) return null;
  const query = tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), eq(contacts.phone, phone)));
  const [row] = lock ? await query.for('no key update') : await query;
  return row ?? null;
}

/** What decides for this person; `conversationId` null: none yet. */
export async function readFacts(tx: Tx, ctx: Context, { address, sender, conversationId }: { address: string; sender: string; conversationId: string | null }): Promise<Facts> {
  const phone = personOf(address);
  const [found] = await rows<{ isOptedOut: boolean; recentAnswers: number }>(tx, sql`select
    exists (select 1 from contact where organization_id = ${ctx.organizationId} and phone = ${phone} and opted_out)
      or exists (select 1 from kept_opt_out where organization_id = ${ctx.organizationId} and phone = ${phone})
      or exists (select 1 from sender_opt_out where organization_id = ${ctx.organizationId} and phone = ${phone} and sender = ${sender}) as "isOptedOut",
    (select count(*)::int from chat_message where organization_id = ${ctx.organizationId} and conversation_id = ${conversationId}::uuid
      and direction = 'outbound' and kind = 'message' and author_id is null and created_at > clock_timestamp() - interval '1 hour') as "recentAnswers"`);
  const acted = await rows<{ ruleId: string; hours: number }>(tx, sql`
    select rule_id as "ruleId", (extract(epoch from clock_timestamp() - max(at)) / 3600)::float8 as hours from rule_run
    where organization_id = ${ctx.organizationId} and recipient = ${phone} and outcome = 'acted' group by 1`);
  return { isOptedOut: found!.isOptedOut, recentAnswers: found!.recentAnswers, hoursSince: new Map(acted.map(({ ruleId, hours }) => [ruleId, hours])) };
}

/** What a reply's placeholders read; a stranger has a number at most. */
export const readable = (contact: ContactRow | null, phone: string | null): Person => ({
  contact: { phone: contact?.phone ?? phone, email: contact?.email ?? null, firstName: contact?.firstName ?? null, lastName: contact?.lastName ?? null, fields: contact?.fields ?? {} }, data: {},
});
