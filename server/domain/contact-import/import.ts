import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contactUploads } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { errorCsv } from '#server/domain/contact-import/error-file.ts';
import { importContactsInput, uploadOptions, type ColumnView, type Finding, type ImportContactsInput, type ImportResult } from '#server/domain/contact-import/schema.ts';
import { countGroups, expectMany, markDuplicates, matchContacts, ofUpload } from '#server/domain/contact-import/settle.ts';
import { insertRows, stageRows } from '#server/domain/contact-import/stage.ts';
import { plannedList, writeUploadRows } from '#server/domain/contact-import/write.ts';
import { isCountry } from '#server/domain/contact/phone.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { invalidField } from '#server/errors.ts';

/** The answer holds all refused rows as one text. */
const MOST_ROWS = 100_000;

type Request = ReturnType<typeof importContactsInput.parse>;

/**
 * Checks the whole file, then writes all of it in one transaction or, with `dryRun`, nothing: both give the same counts. Rows that do not fit are
 * refused and told; the others go in. Nobody who opted out comes back by an import (D10). Files of any size go through storeUpload instead.
 * @throws Problem validation_failed on `csv`, `mapping`, `list` or `defaultCountry`; not_found for an unknown list
 */
export async function importContacts(ctx: Context, input: ImportContactsInput): Promise<ImportResult> {
  requireRole(ctx, 'marketer');
  const request = importContactsInput.parse(input);
  return ctx.transaction(async (tx) => {
    const planned = await plannedList(tx, ctx.organizationId, request);
    const country = await countryOf(tx, ctx.organizationId, request.defaultCountry);
    const uploadId = await openUpload(tx, ctx, request);
    const upload = { organizationId: ctx.organizationId, uploadId };
    const { columns, rows: staged } = await stageRows(ctx, bytesOf(request.csv), { most: MOST_ROWS, mapping: request.mapping ?? {}, hasList: planned !== null, country, refuseLandlines: request.refuseLandlines, encoding: 'utf-8' }, (batch) => insertRows(tx, upload, batch));
    if (!request.dryRun) requireReachable(columns);
    await expectMany(tx, staged);
    await markDuplicates(tx, upload);
    await matchContacts(tx, upload);
    const written = request.dryRun ? { importId: null, list: planned, counts: await countGroups(tx, upload) } : await writeUploadRows(tx, ctx, { uploadId, fileName: request.fileName, importedBy: userId(ctx) }, planned);
    const result = { ...written.counts, importId: written.importId, list: written.list, columns, refusedRows: await firstRefused(tx, upload), errorCsv: await errorCsv(tx, upload, columns) };
    await tx.delete(contactUploads).where(and(eq(contactUploads.organizationId, ctx.organizationId), eq(contactUploads.id, uploadId)));
    return result;
  });
}

/** @throws Problem validation_failed */
export async function countryOf(tx: Tx, organizationId: string, chosen: string | undefined): Promise<string> {
  const country = chosen ?? (await defaultCountry(tx, organizationId));
  if (!isCountry(country)) throw invalidField('defaultCountry', `‘${country}’ is not a country. Use two letters like US or GB.`);
  return country;
}

/** A check may be made to see the columns; an import without numbers and addresses would refuse everybody. @throws Problem validation_failed */
export function requireReachable(columns: readonly ColumnView[]): void {
  if (columns.some(({ mappedTo }) => mappedTo === 'phone' || mappedTo === 'email')) return;
  throw invalidField('mapping', `No column holds the phone numbers. Choose which of these does: ${columns.map((column) => column.name).join(', ')}.`, 'phone_not_mapped');
}

async function openUpload(tx: Tx, ctx: Context, { fileName }: Request): Promise<string> {
  const [row] = await tx.insert(contactUploads).values({ organizationId: ctx.organizationId, fileName, state: 'writing', options: uploadOptions.parse({}), uploadedBy: userId(ctx) }).returning({ id: contactUploads.id });
  return row!.id;
}

/** Pieces, so that no third copy of a large text is made. */
function* bytesOf(text: string): Generator<Uint8Array> {
  for (let start = 0; start < text.length;) {
    const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(start + 65_535));
    const end = start + (isHalf ? 65_535 : 65_536);
    yield Buffer.from(text.slice(start, end));
    start = end;
  }
}

async function firstRefused(tx: Tx, upload: { organizationId: string; uploadId: string }) {
  const found = await rows<{ row: number; findings: Finding[] }>(tx, sql`select r.row, r.findings from contact_upload_row r where ${ofUpload(upload)} and r.findings is not null order by r.row limit 500`);
  return found.map(({ row, findings }) => ({ row, ...told(findings) }));
}

/** All that is wrong with a row as one problem; the value is that of the first. */
export const told = (findings: readonly Finding[]) => ({
  value: findings[0]?.value ?? '', problem: findings.map(({ problem }) => problem).join(' '), howToFix: findings.map(({ howToFix }) => howToFix).join(' '),
});
