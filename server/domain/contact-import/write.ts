import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contactImports, lists } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { ImportResult } from '#server/domain/contact-import/schema.ts';
import { tellProgress } from '#server/domain/contact-import/progress.ts';
import { countGroups, matchContacts } from '#server/domain/contact-import/settle.ts';
import { writePeople } from '#server/domain/contact-import/write-people.ts';
import { findList, freeSlug, insertList } from '#server/domain/contact/membership.ts';
import { invalidField, Problem } from '#server/errors.ts';

export type PlannedList = ImportResult['list'];
type Chosen = { list?: string | undefined; listName?: string | undefined };
type Written = { uploadId: string; fileName: string; importedBy: string | null };

/** The list that everybody joins; without an id while it is still to be made. @throws Problem not_found; validation_failed for two at once */
export async function plannedList(tx: Tx, organizationId: string, { list, listName }: Chosen): Promise<PlannedList> {
  if (list && listName) throw invalidField('listName', 'Choose a list or name a new one, not both.');
  if (list) return pick(await findList(tx, organizationId, list));
  if (!listName) return null;
  const [existing] = await tx.select().from(lists).where(and(eq(lists.organizationId, organizationId), sql`lower(${lists.name}) = lower(${listName})`)).limit(1);
  return existing ? pick(existing) : { id: null, slug: await freeSlug(tx, organizationId, listName), name: listName };
}

const pick = ({ id, slug, name }: { id: string; slug: string; name: string }) => ({ id, slug, name });

/**
 * Writes the checked rows of an upload in the caller's transaction, with all that an undo needs. Contacts may have changed since the check: they are
 * looked up again, and the counts are those of this moment.
 * @throws Problem invalid_state when no row goes in
 */
export async function writeUploadRows(tx: Tx, ctx: Context, { uploadId, fileName, importedBy }: Written, planned: PlannedList) {
  const upload = { organizationId: ctx.organizationId, uploadId };
  await matchContacts(tx, upload);
  const counts = await countGroups(tx, upload);
  if (counts.rows === 0) throw new Problem('invalid_state', 'This upload holds nothing any more. Choose the file again.');
  const now = ctx.now();
  const hasMadeList = planned !== null && planned.id === null;
  const list = planned && !planned.id ? pick(await insertList(tx, ctx.organizationId, planned.name)) : planned;
  const [row] = await tx.insert(contactImports).values({
    organizationId: ctx.organizationId, fileName, listId: list?.id ?? null, createdCount: counts.created, updatedCount: counts.updated, unchangedCount: counts.unchanged,
    refusedCount: counts.refused, hasMadeList, importedBy, createdAt: now,
  }).returning({ id: contactImports.id });
  const importId = row!.id;
  await writePeople(tx, ctx, { ...upload, importId, listId: list?.id ?? null, fileName, at: now.toISOString(), importedBy }, (share) => tellProgress(tx, uploadId, share));
  return { importId, list, counts };
}
