import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import type { Person } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import type { Facts } from '#server/domain/automation/decide.ts';
import { sameSubscriber } from '#server/domain/same-subscriber.ts';

export type ContactRow = typeof contacts.$inferSelect;

/** A person as rules know them: their number without its channel, or the address when it shows none. */
export const personOf = (address: string): string => address.replace(/^[a-z]+:(?=\+)/, '');

/** E.164, or null for an address that is no number. */
export const phoneOf = (address: string): string | null => (/^\+\d{6,15}$/.test(personOf(address)) ? personOf(address) : null);

/** Who writes: the contact of the conversation, unless they have another number by now, else the one with this number in any of its forms. With `lock` an opt-out either was committed before, and is seen, or waits. */
export async function contactWith(tx: Tx, ctx: Context, { address, contactId }: { address: string; contactId: string | null }, { lock = false } = {}): Promise<ContactRow | null> {
  const phones = sameSubscriber(personOf(address));
  const query = tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), or(contactId ? eq(contacts.id, contactId) : undefined, inArray(contacts.phone, phones)))).orderBy(contacts.id);
  const found = lock ? await query.for('no key update') : await query;
  const fitting = found.filter(({ phone }) => phone === null || phoneOf(address) === null || phones.includes(phone));
  return fitting.find(({ id }) => id === contactId) ?? fitting.toSorted((a, b) => phones.indexOf(a.phone ?? '') - phones.indexOf(b.phone ?? ''))[0] ?? null;
}

type Asked = { address: string; sender: string; conversationId: string | null; contact: ContactRow | null };

/** What decides for this person; `conversationId` null: none yet. An opt-out of any form of their number counts. */
export async function readFacts(tx: Tx, ctx: Context, { address, sender, conversationId, contact }: Asked): Promise<Facts> {
  // Who hides their number is on the list by the id that stands in its place.
  const phones = JSON.stringify([...new Set([...sameSubscriber(address.replace(/^[a-z]+:/, '')), ...(contact?.phone ? sameSubscriber(contact.phone) : [])])]);
  const [found] = await rows<{ isOptedOut: boolean; recentAnswers: number }>(tx, sql`
    with asked as (select value as phone from json_array_elements_text(${phones}::json))
    select exists (select 1 from contact c join asked using (phone) where c.organization_id = ${ctx.organizationId} and c.opted_out)
      or exists (select 1 from kept_opt_out k join asked using (phone) where k.organization_id = ${ctx.organizationId})
      or exists (select 1 from sender_opt_out s join asked using (phone) where s.organization_id = ${ctx.organizationId} and s.sender = ${sender}) or ${contact?.optedOut ?? false} as "isOptedOut",
    (select count(*)::int from chat_message where organization_id = ${ctx.organizationId} and conversation_id = ${conversationId}::uuid
      and direction = 'outbound' and kind = 'message' and author_id is null and created_at > clock_timestamp() - interval '1 hour') as "recentAnswers"`);
  const acted = await rows<{ ruleId: string; hours: number }>(tx, sql`
    select r.id as "ruleId", (extract(epoch from clock_timestamp() - last.at) / 3600)::float8 as hours from keyword_rule r
    cross join lateral (select max(at) as at from rule_run where organization_id = ${ctx.organizationId} and rule_id = r.id and recipient = ${personOf(address)} and outcome = 'acted') last
    where r.organization_id = ${ctx.organizationId} and last.at is not null`);
  return { isOptedOut: found!.isOptedOut, recentAnswers: found!.recentAnswers, hoursSince: new Map(acted.map(({ ruleId, hours }) => [ruleId, hours])) };
}

/** What a reply's placeholders read; a stranger has a number at most. */
export const readable = (contact: ContactRow | null, phone: string | null): Person => ({
  contact: { phone: contact?.phone ?? phone, email: contact?.email ?? null, firstName: contact?.firstName ?? null, lastName: contact?.lastName ?? null, fields: contact?.fields ?? {} }, data: {},
});
