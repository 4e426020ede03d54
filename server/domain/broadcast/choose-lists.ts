import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastLists, lists } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { isUuid } from '#server/domain/uuid.ts';
import { Problem } from '#server/errors.ts';

/**
 * Replaces the lists of a draft, those whose members get it and those whose members do not, by those named (slug or id, P24), in the order given;
 * what is left out stays.
 * @throws Problem validation_failed that names each list which does not exist.
 */
export async function chooseLists(tx: Tx, ctx: Context, broadcastId: string, { selected, excluded }: { selected?: string[] | undefined; excluded?: string[] | undefined }): Promise<void> {
  if (excluded) await replaceLists(tx, ctx, broadcastId, excluded, { isExcluded: true });
  if (selected) await replaceLists(tx, ctx, broadcastId, selected, { isExcluded: false });
}

async function replaceLists(tx: Tx, ctx: Context, broadcastId: string, selected: string[], { isExcluded }: { isExcluded: boolean }) {
  const names = [...new Set(selected)];
  const found = await findLists(tx, ctx, names);
  const missing = names.filter((name) => !found.some((list) => list.slug === name || list.id === name));
  if (missing.length > 0) {
    const details = missing.map((name) => ({ field: isExcluded ? 'excludedLists' : 'selectedLists', code: 'not_found', message: `There is no list ‘${name}’. Lists are named by slug or id.` }));
    throw new Problem('validation_failed', details[0]!.message, { details });
  }
  await tx.delete(broadcastLists).where(and(eq(broadcastLists.organizationId, ctx.organizationId), eq(broadcastLists.broadcastId, broadcastId), eq(broadcastLists.isExcluded, isExcluded)));
  if (found.length === 0) return;
  const position = (list: { id: string; slug: string }) => names.findIndex((name) => name === list.slug || name === list.id);
  await tx.insert(broadcastLists).values(found.map((list) => ({ organizationId: ctx.organizationId, broadcastId, listId: list.id, position: position(list), isExcluded })))
    .onConflictDoUpdate({ target: [broadcastLists.organizationId, broadcastLists.broadcastId, broadcastLists.listId], set: { isExcluded, position: sql`excluded.position` } });
}

async function findLists(tx: Tx, ctx: Context, names: string[]) {
  if (names.length === 0) return [];
  const ids = names.filter(isUuid);
  return tx.select({ id: lists.id, slug: lists.slug }).from(lists)
    .where(and(eq(lists.organizationId, ctx.organizationId), or(inArray(lists.slug, names), ids.length > 0 ? inArray(lists.id, ids) : undefined)));
}
