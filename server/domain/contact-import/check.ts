import { and, eq, sql } from 'drizzle-orm';
import { contactUploads } from '#db/schema/index.ts';
import { rows } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { countryOf } from '#server/domain/contact-import/import.ts';
import { uploadOptions, type CheckResult } from '#server/domain/contact-import/schema.ts';
import { countGroups, countKinds, expectMany, markDuplicates, matchContacts, type Upload } from '#server/domain/contact-import/settle.ts';
import { insertRows, stageRows, type Staged } from '#server/domain/contact-import/stage.ts';
import { isUpload, storedBytes, type UploadRow } from '#server/domain/contact-import/upload.ts';
import { plannedList } from '#server/domain/contact-import/write.ts';

const MOST_ROWS = 1_000_000;

/** Somebody asked for another check meanwhile, or took the file away: this one ends. */
export class Superseded extends Error {}

/**
 * Checks a stored file whole. Nothing of it is written to the contacts; each batch of rows is a transaction of its own, so no lock is held for long.
 * @throws Superseded; Problem when the file as a whole cannot be read; Error when `signal` says to stop
 */
export async function checkUpload(ctx: Context, { id, generation, options: stored, bytes }: UploadRow, signal?: AbortSignal): Promise<void> {
  const upload = { organizationId: ctx.organizationId, uploadId: id };
  const options = uploadOptions.parse(stored);
  const { country, hasList } = await ctx.transaction(async (tx) => {
    await tx.execute(sql`delete from contact_upload_row where organization_id = ${ctx.organizationId} and upload_id = ${id}`);
    return { country: await countryOf(tx, ctx.organizationId, options.defaultCountry), hasList: (await plannedList(tx, ctx.organizationId, options)) !== null };
  });
  const source = counted(storedBytes(ctx, id));
  const staged = await stageRows(ctx, source.pieces, { ...options, most: MOST_ROWS, mapping: options.mapping ?? {}, hasList, country }, async (batch, rowsDone) => {
    signal?.throwIfAborted();
    await ctx.transaction(async (tx) => {
      const current = await tx.update(contactUploads).set({ rowsDone, bytesDone: Math.min(source.done(), bytes), updatedAt: ctx.now() }).where(and(isUpload(ctx.organizationId, id), isCurrent(generation))).returning({ id: contactUploads.id });
      if (current.length === 0) throw new Superseded();
      await insertRows(tx, upload, batch);
    });
  });
  await finish(ctx, upload, generation, staged);
}

const isCurrent = (generation: number) => and(eq(contactUploads.generation, generation), eq(contactUploads.state, 'checking'));

function counted(pieces: AsyncGenerator<Uint8Array>) {
  let done = 0;
  const through = async function* () { for await (const piece of pieces) { done += piece.byteLength; yield piece; } };
  return { pieces: through(), done: () => done };
}

async function finish(ctx: Context, upload: Upload, generation: number, { rows: staged, ...found }: Staged): Promise<void> {
  await ctx.transaction(async (tx) => {
    const [current] = await rows<{ id: string }>(tx, sql`
      select id from contact_upload where organization_id = ${upload.organizationId} and id = ${upload.uploadId} and generation = ${generation} and state = 'checking' for no key update`);
    if (!current) throw new Superseded();
    await expectMany(tx, staged);
    await markDuplicates(tx, upload);
    await matchContacts(tx, upload);
    const result: CheckResult = { ...(await countGroups(tx, upload)), kinds: await countKinds(tx, upload), ...found };
    await tx.update(contactUploads).set({ state: 'ready', result, problem: null, problemCode: null, rowsDone: result.rows, updatedAt: ctx.now() }).where(isUpload(upload.organizationId, upload.uploadId));
  });
}
