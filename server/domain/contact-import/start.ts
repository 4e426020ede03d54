import { contactUploads } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { requireReachable } from '#server/domain/contact-import/import.ts';
import type { StartImportInput, UploadView } from '#server/domain/contact-import/schema.ts';
import { wakeImporter } from '#server/domain/contact-import/store.ts';
import { isUpload, readyUpload, viewUploads } from '#server/domain/contact-import/upload.ts';
import { plannedList } from '#server/domain/contact-import/write.ts';
import { invalidField, Problem } from '#server/errors.ts';

/**
 * Has the worker write what was checked: all of it, or nothing.
 * @throws Problem not_found; invalid_state before the check has ended, or when nobody would go in; validation_failed
 */
export async function startImport(ctx: Context, { id, list, listName }: StartImportInput): Promise<UploadView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const { options, result, generation } = await readyUpload(tx, ctx.organizationId, id);
    requireReachable(result.columns);
    if (result.refused === result.rows) throw new Problem('invalid_state', 'Every row was refused, so nobody would go in. Repair some of them first.');
    const next = { ...options, list, listName: listName || undefined };
    const planned = await plannedList(tx, ctx.organizationId, next);
    if (!planned && result.columns.some(({ mappedTo }) => mappedTo?.startsWith('data.'))) throw invalidField('list', 'A column goes to data of a list. Choose the list, or map the column to a field.');
    const [row] = await tx.update(contactUploads).set({ options: next, state: 'writing', generation: generation + 1, uploadedBy: userId(ctx), updatedAt: ctx.now() }).where(isUpload(ctx.organizationId, id)).returning();
    await wakeImporter(tx, ctx.organizationId, id);
    const [view] = await viewUploads(tx, ctx, row ? [row] : []);
    return view!;
  });
}
