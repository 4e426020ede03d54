import { and, desc, eq, exists, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contacts, listMembers } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { idsMatching, readDefinition } from '#server/domain/contact/filter.ts';
import { findList } from '#server/domain/contact/membership.ts';
import { readPhone } from '#server/domain/contact/phone.ts';
import { defaultCountry, viewContacts } from '#server/domain/contact/view.ts';
import { listContactsInput, type ContactView, type ListContactsInput } from '#server/domain/contact/schema.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** People, newest first; those whose number ends in the digits searched for stand before the rest. @throws Problem not_found for an unknown list or filter */
export async function listContacts(ctx: Context, input: ListContactsInput): Promise<Page<ContactView>> {
  const { search, list, filter: filterId, tag, optedOut, ...paging } = listContactsInput.parse(input);
  return ctx.transaction(async (tx) => {
    const filter = and(
      eq(contacts.organizationId, ctx.organizationId),
      optedOut ? eq(contacts.optedOut, optedOut === 'yes') : undefined,
      list ? isMember(tx, (await findList(tx, ctx.organizationId, list)).id) : undefined,
      filterId ? sql`${contacts.id} in (${idsMatching(ctx, await readDefinition(tx, ctx.organizationId, filterId))})` : undefined,
      tag ? sql`${tag.toLowerCase()}::text = any(${contacts.tags})` : undefined,
      search ? matchesSearch(search, await defaultCountry(tx, ctx.organizationId)) : undefined,
    );
    const lastDigits = /^\d{2,6}$/.test(search) ? [desc(sql`${contacts.phone} like ${`%${search}`}`)] : [];
    const order = [...lastDigits, desc(contacts.createdAt), contacts.id];
    // One pass over narrow rows finds the page and counts: a search reads everybody, and twice would be twice as slow.
    const hits = await tx.select({ id: contacts.id, total: sql<number>`(count(*) over ())::int` }).from(contacts).where(filter).orderBy(...order).limit(paging.ps).offset((paging.p - 1) * paging.ps);
    const total = hits[0]?.total ?? (paging.p > 1 ? await tx.$count(contacts, filter) : 0);
    const ids = hits.map((hit) => hit.id);
    const found = ids.length === 0 ? [] : await tx.select().from(contacts).where(and(eq(contacts.organizationId, ctx.organizationId), inArray(contacts.id, ids))).orderBy(...order);
    return page(await viewContacts(tx, ctx.organizationId, found), total, paging);
  });
}

function isMember(tx: Tx, listId: string) {
  return exists(tx.select({ one: sql`1` }).from(listMembers).where(and(
    eq(listMembers.organizationId, contacts.organizationId), eq(listMembers.contactId, contacts.id), eq(listMembers.listId, listId))));
}

/** Words are parts of names or of the e-mail, all of them found; digits are part of the number, however it is spaced. */
export function matchesSearch(search: string, country: string): SQL | undefined {
  const digits = search.replace(/\D/g, '');
  if (digits.length >= 2 && /^[\d\s+().\-/]+$/.test(search)) {
    // A whole number is often written with zeros that it does not have in E.164: 020 7946 0958, 0044 20 …
    const whole = digits.replace(/^0+/, '');
    const exact = readPhone(search, country).phone;
    return or(sql`${contacts.phone} like ${`%${digits}%`}`, whole.length >= 6 ? sql`${contacts.phone} like ${`%${whole}%`}` : undefined, exact ? eq(contacts.phone, exact) : undefined);
  }
  const words = search.split(/\s+/).slice(0, 6).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  return and(...words.map((word) => sql`concat_ws(' ', ${contacts.firstName}, ${contacts.lastName}, ${contacts.email}) ilike ${word}`));
}
