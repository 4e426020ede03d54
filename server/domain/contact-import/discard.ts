import { contactUploads } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { isUpload, lockedUpload } from '#server/domain/contact-import/upload.ts';
import { Problem } from '#server/errors.ts';

/** Puts a file away that was not imported. @throws Problem not_found; invalid_state once it is being imported */
export async function discardUpload(ctx: Context, { id }: { id: string }): Promise<void> {
  requireRole(ctx, 'marketer');
  await ctx.transaction(async (tx) => {
    const { state } = await lockedUpload(tx, ctx.organizationId, id);
    if (state === 'writing' || state === 'done') throw new Problem('invalid_state', state === 'done' ? 'It was imported. Undo the import instead.' : 'It is being imported. Undo it afterwards.');
    await tx.delete(contactUploads).where(isUpload(ctx.organizationId, id));
  });
}
