import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contactUploads } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { notFound } from '#server/errors.ts';

export type UploadRow = typeof contactUploads.$inferSelect;

/** @throws Problem not_found, also when the database crashed meanwhile: uploads do not outlive that */
export async function lockedUpload(tx: Tx, organizationId: string, id: string): Promise<UploadRow> {
  const [upload] = await tx.select().from(contactUploads).where(and(eq(contactUploads.organizationId, organizationId), eq(contactUploads.id, id))).for('no key update');
  if (!upload) throw notFound('upload');
  return upload;
}

/** One look or write at a time over the rows of an upload. */
export const holdUpload = (tx: Tx, uploadId: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`contact_upload:${uploadId}`}, 0))`);

/** The bytes as they were stored, one piece at a time. */
export async function* storedBytes(tx: Tx, ctx: Context, uploadId: string): AsyncGenerator<Uint8Array> {
  for (let n = 0; ; n++) {
    const [chunk] = await rows<{ bytes: Uint8Array }>(tx, sql`select bytes from contact_upload_chunk where organization_id = ${ctx.organizationId} and upload_id = ${uploadId} and n = ${n}`);
    if (!chunk) return;
    yield chunk.bytes;
  }
}
