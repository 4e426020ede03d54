import { desc, eq, ne, and } from 'drizzle-orm';
import { contactUploads } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { UploadView } from '#server/domain/contact-import/schema.ts';
import { isUpload, viewUploads } from '#server/domain/contact-import/upload.ts';
import { notFound } from '#server/errors.ts';

/** How far an upload is. @throws Problem not_found */
export function readUpload(ctx: Context, { id }: { id: string }): Promise<UploadView> {
  return ctx.transaction(async (tx) => {
    const [view] = await viewUploads(tx, ctx, await tx.select().from(contactUploads).where(isUpload(ctx.organizationId, id)));
    if (!view) throw notFound('upload');
    return view;
  });
}

/** Files that were begun and not imported, newest first. */
export const listUploads = (ctx: Context): Promise<UploadView[]> => ctx.transaction(async (tx) => {
  const found = await tx.select().from(contactUploads).where(and(eq(contactUploads.organizationId, ctx.organizationId), ne(contactUploads.state, 'done'))).orderBy(desc(contactUploads.createdAt)).limit(20);
  return viewUploads(tx, ctx, found);
});
