import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contactUploads } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { checkResult, uploadOptions, type UploadView } from '#server/domain/contact-import/schema.ts';
import { importsOf } from '#server/domain/contact-import/import-view.ts';
import { readProgress } from '#server/domain/contact-import/progress.ts';
import { notFound, Problem } from '#server/errors.ts';

export type UploadRow = typeof contactUploads.$inferSelect;

/** @throws Problem not_found, also when the database crashed meanwhile: uploads do not outlive that */
export async function lockedUpload(tx: Tx, organizationId: string, id: string): Promise<UploadRow> {
  const [upload] = await tx.select().from(contactUploads).where(isUpload(organizationId, id)).for('no key update');
  if (!upload) throw notFound('upload');
  return upload;
}

/** A locked upload whose check has ended. @throws Problem not_found; invalid_state */
export async function readyUpload(tx: Tx, organizationId: string, id: string) {
  const upload = await lockedUpload(tx, organizationId, id);
  if (upload.state !== 'ready') throw new Problem('invalid_state', notReady[upload.state]);
  return { ...upload, options: uploadOptions.parse(upload.options), result: checkResult.parse(upload.result) };
}

const notReady: Record<UploadRow['state'], string> = {
  uploading: 'The file is still on its way.', checking: 'The file is still being checked. Wait for the result.', writing: 'It is being imported already.', done: 'It was imported already.',
  failed: 'This file cannot be imported as it is. Change how it is read, or choose another one.', ready: '',
};

export const isUpload = (organizationId: string, id: string) => and(eq(contactUploads.organizationId, organizationId), eq(contactUploads.id, id));

export async function viewUploads(tx: Tx, ctx: Context, found: readonly UploadRow[]): Promise<UploadView[]> {
  const imports = await importsOf(tx, ctx, { ids: found.flatMap(({ importId }) => importId ?? []) });
  const written = await readProgress(tx, found.flatMap(({ id, state }) => (state === 'writing' ? id : [])));
  return found.map((row) => ({
    id: row.id, fileName: row.fileName, state: row.state, bytes: row.bytes, bytesDone: row.bytesDone, rowsDone: row.rowsDone, written: row.state === 'writing' ? written.get(row.id) ?? 0 : null, options: uploadOptions.parse(row.options),
    result: row.result === null ? null : checkResult.parse(row.result), problem: row.problem, problemCode: row.problemCode, import: imports.find(({ id }) => id === row.importId) ?? null, createdAt: row.createdAt.toISOString(),
  }));
}

/** The bytes as they were stored, one piece at a time. */
export async function* storedBytes(ctx: Context, uploadId: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n++) {
    const [chunk] = await ctx.transaction((tx) => rows<{ bytes: Uint8Array }>(tx, sql`
      select bytes from contact_upload_chunk where organization_id = ${ctx.organizationId} and upload_id = ${uploadId} and n = ${n}`));
    if (!chunk) return;
    yield chunk.bytes;
  }
}
