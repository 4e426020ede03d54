import { and, eq, inArray, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contacts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import type { AddMembersInput } from '#server/domain/audience/schema.ts';
import { findList } from '#server/domain/contact/membership.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { Problem, type ProblemDetail } from '#server/errors.ts';

type NewMember = { contactId: string; data: Record<string, unknown> };
type Named = { contactId: string | null; phone: string | null; data: Record<string, unknown> };

/**
 * Puts people into a list, named by contact id or by phone; an unknown number becomes a contact. Data of somebody who is in already is added to.
 * All or nothing. `updated` counts those who were in and whose data changed.
 * @throws Problem not_found; validation_failed naming each member that does not fit
 */
export async function addMembers(ctx: Context, input: AddMembersInput): Promise<{ added: number; updated: number }> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const list = await findList(tx, ctx.organizationId, input.list);
    const named = readMembers(input.members, await defaultCountry(tx, ctx.organizationId));
    await requireContacts(tx, ctx.organizationId, named);
    const ids = await contactsByPhone(tx, ctx, named.flatMap(({ phone }) => phone ?? []));
    const members = named.map(({ contactId, phone, data }) => ({ contactId: contactId ?? ids.get(phone ?? '')!, data }));
    return writeMembers(tx, ctx, list.id, lastOfEach(members));
  });
}

function readMembers(members: AddMembersInput['members'], country: string): Named[] {
  const details: ProblemDetail[] = [];
  const named = members.map((member, index): Named => {
    const data = member.data ?? {};
    if (member.contactId) return { contactId: member.contactId, phone: null, data };
    const reading = readPhone(member.phone ?? '', country);
    if (reading.phone === null) details.push({ field: `members.${index}.phone`, code: 'invalid', message: `${reading.problem} ${reading.howToFix}` });
    return { contactId: null, phone: reading.phone, data };
  });
  refuse(details);
  return named;
}

async function requireContacts(tx: Tx, organizationId: string, named: readonly Named[]): Promise<void> {
  const wanted = named.flatMap(({ contactId }) => contactId ?? []);
  if (wanted.length === 0) return;
  const found = await tx.select({ id: contacts.id }).from(contacts).where(and(eq(contacts.organizationId, organizationId), inArray(contacts.id, wanted)));
  const known = new Set(found.map(({ id }) => id));
  refuse(named.flatMap(({ contactId }, index) => (contactId === null || known.has(contactId) ? [] : [{ field: `members.${index}.contactId`, code: 'not_found', message: `There is no contact ${contactId}. It may have been deleted.` }])));
}

function refuse(details: ProblemDetail[]): void {
  const [first] = details;
  if (!first) return;
  const message = details.length === 1 ? first.message : `${details.length} members do not fit, and nobody was added. The first: ${first.message}`;
  throw new Problem('validation_failed', message, { details });
}

/** Ids by number; numbers that nobody has become contacts. */
async function contactsByPhone(tx: Tx, ctx: Context, phones: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(phones)].toSorted();
  if (distinct.length === 0) return new Map();
  const made = distinct.map((phone) => ({ organizationId: ctx.organizationId, phone, createdAt: ctx.now(), updatedAt: ctx.now() }));
  await tx.insert(contacts).values(made).onConflictDoNothing();
  const found = await tx.select({ id: contacts.id, phone: contacts.phone }).from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), inArray(contacts.phone, distinct)));
  return new Map(found.map(({ id, phone }) => [phone ?? '', id]));
}

const lastOfEach = (members: readonly NewMember[]) => [...new Map(members.map((member) => [member.contactId, member])).values()];

async function writeMembers(tx: Tx, ctx: Context, listId: string, members: readonly NewMember[]) {
  const written = await rows<{ isNew: boolean }>(tx, sql`
    insert into list_member as m (organization_id, list_id, contact_id, data, added_at)
    select ${ctx.organizationId}::uuid, ${listId}::uuid, r."contactId", r.data, ${ctx.now().toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(members)}::json) as r("contactId" uuid, data jsonb) order by 3
    on conflict (organization_id, list_id, contact_id) do update set data = m.data || excluded.data where m.data || excluded.data is distinct from m.data
    returning (xmax = 0) as "isNew"`);
  const added = written.filter((row) => row.isNew).length;
  return { added, updated: written.length - added };
}
