import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Person } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';

export type Recipient = { contactId: string; recipient: string };
type ContactRow = { id: string; phone: string | null; email: string | null; first_name: string | null; last_name: string | null; fields: Record<string, unknown>; opted_out: boolean };

/** What expressions may read of each recipient: the contact as it is now, and the data of the broadcast's lists (the first list wins). */
export async function readPeople<T extends Recipient>(
  tx: Tx, ctx: Context, broadcastId: string, recipients: T[], { lock = false } = {},
): Promise<Array<T & { person: Person; optedOut: boolean }>> {
  const ids = JSON.stringify(recipients.map(({ contactId }) => contactId));
  // A share lock, in the order of the ids: an opt-out either commits before this read and is seen, or waits until the intent is written.
  const contacts = await rows<ContactRow>(tx, sql`
    select id, phone, email, first_name, last_name, fields, opted_out from contact
    where organization_id = ${ctx.organizationId} and id in (select value::uuid from json_array_elements_text(${ids}::json)) order by id ${lock ? sql`for share` : sql``}`);
  const data = await readMemberData(tx, ctx, broadcastId, ids);
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  return recipients.flatMap((recipient) => {
    const contact = byId.get(recipient.contactId);
    return contact ? [{ ...recipient, person: personOf(contact, data.get(contact.id)), optedOut: contact.opted_out }] : [];
  });
}

const personOf = (contact: ContactRow, data: Record<string, unknown> = {}): Person => ({
  contact: { phone: contact.phone, email: contact.email, firstName: contact.first_name, lastName: contact.last_name, fields: contact.fields }, data,
});

async function readMemberData(tx: Tx, ctx: Context, broadcastId: string, ids: string) {
  const found = await rows<{ contact_id: string; data: Record<string, unknown> }>(tx, sql`
    select m.contact_id, m.data from broadcast_list b join list_member m on m.organization_id = b.organization_id and m.list_id = b.list_id
    where b.organization_id = ${ctx.organizationId} and b.broadcast_id = ${broadcastId} and not b.is_excluded and m.data <> '{}'::jsonb
      and m.contact_id in (select value::uuid from json_array_elements_text(${ids}::json))
    order by b.position desc`);
  const merged = new Map<string, Record<string, unknown>>();
  for (const { contact_id, data } of found) merged.set(contact_id, { ...merged.get(contact_id), ...data });
  return merged;
}
