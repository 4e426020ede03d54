import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { listMembers, lists } from '#db/schema/index.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { notFound, Problem } from '#server/errors.ts';

export type ListRow = typeof lists.$inferSelect;

/** A list by slug or id. @throws Problem not_found */
export async function findList(tx: Tx, organizationId: string, list: string): Promise<ListRow> {
  const [row] = await tx.select().from(lists).where(and(eq(lists.organizationId, organizationId), named(list)));
  if (!row) throw notFound(`list ‘${list}’`);
  return row;
}

const named = (list: string) => (isUuid(list) ? or(eq(lists.slug, list), eq(lists.id, list)) : eq(lists.slug, list));

/**
 * Makes a list. Without `slug` one is made of the name, with -2, -3 … when it is taken.
 * @throws Problem already_exists when the slug that was asked for is taken
 */
export async function insertList(tx: Tx, organizationId: string, name: string, slug?: string): Promise<ListRow> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const free = slug ?? (await freeSlug(tx, organizationId, name));
    const [row] = await tx.insert(lists).values({ organizationId, name, slug: free }).onConflictDoNothing().returning();
    if (row) return row;
    if (slug) break;
  }
  throw new Problem('already_exists', `There is a list with the slug ‘${slug ?? name}’ already. Choose another slug, or use that list.`, { details: [{ field: 'slug', code: 'taken', message: 'Choose another slug.' }] });
}

/** The slug that a list of this name would get now. */
export async function freeSlug(tx: Tx, organizationId: string, name: string): Promise<string> {
  const stem = slugOf(name);
  const taken = await tx.select({ slug: lists.slug }).from(lists).where(and(eq(lists.organizationId, organizationId), or(eq(lists.slug, stem), sql`${lists.slug} like ${`${stem}-%`}`)));
  const slugs = new Set(taken.map((row) => row.slug));
  if (!slugs.has(stem)) return stem;
  let n = 2;
  while (slugs.has(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

/** "Éire & Friends" → eire-friends; a name without Latin letters or digits → list. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').slice(0, 90).replace(/^-+|-+$/g, '') || 'list';
}

/** Puts one person into lists; lists that they are in already stay as they are. */
export async function joinLists(tx: Tx, organizationId: string, contactId: string, rows: readonly ListRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(listMembers).values(rows.map((list) => ({ organizationId, listId: list.id, contactId }))).onConflictDoNothing();
}

/** The lists of each of these people, by name. */
export async function listsOf(tx: Tx, organizationId: string, contactIds: readonly string[]) {
  const found = new Map<string, { id: string; slug: string; name: string }[]>();
  if (contactIds.length === 0) return found;
  const rows = await tx.select({ contactId: listMembers.contactId, id: lists.id, slug: lists.slug, name: lists.name })
    .from(listMembers).innerJoin(lists, and(eq(lists.organizationId, listMembers.organizationId), eq(lists.id, listMembers.listId)))
    .where(and(eq(listMembers.organizationId, organizationId), inArray(listMembers.contactId, [...contactIds]))).orderBy(lists.name);
  for (const { contactId, ...list } of rows) found.set(contactId, [...(found.get(contactId) ?? []), list]);
  return found;
}
