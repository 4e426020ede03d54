import { and, count, desc, eq } from 'drizzle-orm';
import { contacts, listMembers } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { listMembersInput, type ListMembersInput, type MemberView } from '#server/domain/audience/schema.ts';
import { matchesSearch } from '#server/domain/contact/list.ts';
import { findList } from '#server/domain/contact/membership.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { page, type Page } from '#server/domain/paging.ts';

/** People of one list with their data in it (P64), last added first. @throws Problem not_found for the list */
export async function listMembersOf(ctx: Context, input: ListMembersInput): Promise<Page<MemberView>> {
  const { list, search, ...paging } = listMembersInput.parse(input);
  return ctx.transaction(async (tx) => {
    const { id: listId } = await findList(tx, ctx.organizationId, list);
    const isSame = and(eq(contacts.organizationId, listMembers.organizationId), eq(contacts.id, listMembers.contactId));
    const filter = and(
      eq(listMembers.organizationId, ctx.organizationId), eq(listMembers.listId, listId),
      search ? matchesSearch(search, await defaultCountry(tx, ctx.organizationId)) : undefined,
    );
    const people = tx.select({
      contactId: contacts.id, phone: contacts.phone, email: contacts.email, firstName: contacts.firstName, lastName: contacts.lastName,
      optedOut: contacts.optedOut, data: listMembers.data, addedAt: listMembers.addedAt,
    }).from(listMembers).innerJoin(contacts, isSame).where(filter);
    const [counted] = await tx.select({ total: count() }).from(listMembers).innerJoin(contacts, isSame).where(filter);
    const found = await people.orderBy(desc(listMembers.addedAt), contacts.id).limit(paging.ps).offset((paging.p - 1) * paging.ps);
    return page(found.map((member) => ({ ...member, addedAt: member.addedAt.toISOString() })), counted?.total ?? 0, paging);
  });
}
