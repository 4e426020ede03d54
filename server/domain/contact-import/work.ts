import { and, eq, sql } from 'drizzle-orm';
import { contactUploadChunks, contactUploads } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { checkUpload, Superseded } from '#server/domain/contact-import/check.ts';
import { checkResult, uploadOptions } from '#server/domain/contact-import/schema.ts';
import { expectMany } from '#server/domain/contact-import/settle.ts';
import { isUpload, lockedUpload, type UploadRow } from '#server/domain/contact-import/upload.ts';
import { plannedList, writeUploadRows } from '#server/domain/contact-import/write.ts';
import { Problem } from '#server/errors.ts';

/**
 * Does what an upload waits for: the check of its file, or the import of what was checked. A refusal becomes the upload's state, in words; everything
 * else is thrown and tried again, and has changed nothing.
 */
export async function workOnUpload(ctx: Context, { uploadId, signal }: { uploadId: string; signal?: AbortSignal }): Promise<void> {
  const [upload] = await ctx.transaction((tx) => tx.select().from(contactUploads).where(isUpload(ctx.organizationId, uploadId)));
  if (!upload) return;
  try {
    if (upload.state === 'checking') await checkUpload(ctx, upload, signal);
    if (upload.state === 'writing') await writeUpload(ctx, uploadId);
  } catch (error) {
    if (error instanceof Superseded) return;
    if (!(error instanceof Problem)) throw error;
    await fail(ctx, upload, error);
  }
}

async function writeUpload(ctx: Context, uploadId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const upload = await lockedUpload(tx, ctx.organizationId, uploadId);
    if (upload.state !== 'writing') return;
    await expectMany(tx, upload.rowsDone);
    const planned = await plannedList(tx, ctx.organizationId, uploadOptions.parse(upload.options));
    const { importId, counts } = await writeUploadRows(tx, ctx, { uploadId, fileName: upload.fileName, importedBy: upload.uploadedBy }, planned);
    const result = { ...checkResult.parse(upload.result), ...counts };
    await tx.update(contactUploads).set({ state: 'done', importId, result, problem: null, problemCode: null, updatedAt: ctx.now() }).where(isUpload(ctx.organizationId, uploadId));
    // The refused rows stay for the error file.
    await tx.execute(sql`delete from contact_upload_row where organization_id = ${ctx.organizationId} and upload_id = ${uploadId} and findings is null`);
    await tx.delete(contactUploadChunks).where(and(eq(contactUploadChunks.organizationId, ctx.organizationId), eq(contactUploadChunks.uploadId, uploadId)));
  });
}

const fail = (ctx: Context, { id, generation, state }: UploadRow, problem: Problem) => ctx.transaction((tx) => tx.update(contactUploads)
  .set({ state: 'failed', problem: problem.message, problemCode: problem.details[0]?.code ?? problem.code, updatedAt: ctx.now() })
  .where(and(isUpload(ctx.organizationId, id), eq(contactUploads.generation, generation), eq(contactUploads.state, state))));
