import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { contactUploadChunks, contactUploads } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { wrongFile } from '#server/domain/contact-import/csv-file.ts';
import { storeUploadInput, uploadOptions, type StoreUploadInput } from '#server/domain/contact-import/schema.ts';
import { isUpload } from '#server/domain/contact-import/upload.ts';
import { enqueue } from '#server/queue.ts';

const CHUNK = 512 * 1024;

/**
 * Takes a file in as it comes, half a megabyte at a time, and has it checked by the worker. Whatever breaks off leaves nothing behind.
 * @throws Problem validation_failed for an empty file; what `bytes` throws
 */
export async function storeUpload(ctx: Context, input: StoreUploadInput, bytes: AsyncIterable<Uint8Array>): Promise<{ id: string }> {
  requireRole(ctx, 'marketer');
  const { fileName, list, size } = storeUploadInput.parse(input);
  const id = await ctx.transaction(async (tx) => {
    await forgetOld(tx, ctx);
    const [row] = await tx.insert(contactUploads).values({ organizationId: ctx.organizationId, fileName, bytes: size, options: uploadOptions.parse({ list }), uploadedBy: userId(ctx), createdAt: ctx.now(), updatedAt: ctx.now() }).returning({ id: contactUploads.id });
    return row!.id;
  });
  try {
    const stored = await storeChunks(ctx, id, bytes);
    if (stored === 0) throw wrongFile('The file is empty. Choose a CSV file with a row of column names and one row per person.');
    await ctx.transaction(async (tx) => {
      await tx.update(contactUploads).set({ state: 'checking', bytes: stored, bytesDone: 0, updatedAt: ctx.now() }).where(isUpload(ctx.organizationId, id));
      await wakeImporter(tx, ctx.organizationId, id);
    });
    return { id };
  } catch (error) {
    await ctx.transaction((tx) => tx.delete(contactUploads).where(isUpload(ctx.organizationId, id)));
    throw error;
  }
}

/** Has the worker look at an upload: check it or write it, as its state says. */
export const wakeImporter = (tx: Tx, organizationId: string, uploadId: string) => enqueue(tx, 'import-contacts', { organizationId, uploadId }, { key: `import-contacts:${uploadId}` });

async function storeChunks(ctx: Context, uploadId: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let stored = 0;
  let n = 0;
  for await (const chunk of inChunks(bytes)) {
    stored += chunk.byteLength;
    const number = n++;
    const at = stored;
    await ctx.transaction(async (tx) => {
      await tx.insert(contactUploadChunks).values({ organizationId: ctx.organizationId, uploadId, n: number, bytes: chunk });
      await tx.update(contactUploads).set({ bytesDone: at, updatedAt: ctx.now() }).where(isUpload(ctx.organizationId, uploadId));
    });
  }
  return stored;
}

async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    held.push(piece);
    size += piece.byteLength;
    if (size < CHUNK) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Finished uploads keep their refused rows for 30 days, the others two; of those the ten newest. */
const forgetOld = (tx: Tx, ctx: Context) => tx.delete(contactUploads).where(and(eq(contactUploads.organizationId, ctx.organizationId), sql`(
  ${contactUploads.createdAt} < ${ctx.now().toISOString()}::timestamptz - interval '30 days'
  or (${contactUploads.state} not in ('done', 'writing') and ${contactUploads.updatedAt} < ${ctx.now().toISOString()}::timestamptz - interval '2 days')
  or ${contactUploads.id} in (select id from contact_upload u where u.organization_id = ${ctx.organizationId} and u.state in ('ready', 'failed') order by u.created_at desc offset 9))`));
