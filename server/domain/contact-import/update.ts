import { contactUploads } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { uploadOptions, type UpdateUploadInput, type UploadView } from '#server/domain/contact-import/schema.ts';
import { wakeImporter } from '#server/domain/contact-import/store.ts';
import { isUpload, lockedUpload, viewUploads } from '#server/domain/contact-import/upload.ts';
import { plannedList } from '#server/domain/contact-import/write.ts';
import { Problem } from '#server/errors.ts';

/**
 * Has a file checked again with other options; cells that were repaired are as in the file again. A check under way ends.
 * @throws Problem not_found; invalid_state once it is being imported; validation_failed for an option that does not fit
 */
export async function updateUpload(ctx: Context, { id, options }: UpdateUploadInput): Promise<UploadView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const upload = await lockedUpload(tx, ctx.organizationId, id);
    if (!['checking', 'ready', 'failed'].includes(upload.state)) throw new Problem('invalid_state', upload.state === 'uploading' ? 'The file is still on its way.' : 'It is being imported already.');
    const next = uploadOptions.parse(options);
    await plannedList(tx, ctx.organizationId, next);
    const [row] = await tx.update(contactUploads).set({ options: next, state: 'checking', generation: upload.generation + 1, rowsDone: 0, bytesDone: 0, problem: null, problemCode: null, updatedAt: ctx.now() })
      .where(isUpload(ctx.organizationId, id)).returning();
    await wakeImporter(tx, ctx.organizationId, id);
    const [view] = await viewUploads(tx, ctx, row ? [row] : []);
    return view!;
  });
}
