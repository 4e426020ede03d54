import { stringify } from 'csv-stringify/sync';
import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { errorColumns } from '#server/domain/contact-import/columns.ts';
import { checkResult, type ColumnView, type Finding } from '#server/domain/contact-import/schema.ts';
import { ofUpload, type Upload } from '#server/domain/contact-import/settle.ts';
import { lockedUpload } from '#server/domain/contact-import/upload.ts';
import { quoteFormula } from '#server/domain/contact/formula.ts';

const PAGE = 2000;
const asRead = { record_delimiter: 'windows', cast: { string: quoteFormula } } as const;

type RefusedRow = { row: number; cells: string[]; findings: Finding[] };

/**
 * The refused rows of an upload as a CSV file, piece by piece: its own columns with row, problem and how_to_fix, safe to open in a spreadsheet and to
 * import again once corrected.
 * @throws Problem not_found
 */
export async function writeErrorFile(ctx: Context, { id }: { id: string }): Promise<{ fileName: string; pieces: AsyncGenerator<string> }> {
  const { fileName, result } = await ctx.transaction((tx) => lockedUpload(tx, ctx.organizationId, id));
  const columns = result === null ? [] : checkResult.parse(result).columns;
  return { fileName: `${fileName.replace(/\.\w+$/, '')}-refused.csv`, pieces: piecesOf(ctx, { organizationId: ctx.organizationId, uploadId: id }, columns) };
}

async function* piecesOf(ctx: Context, upload: Upload, columns: readonly ColumnView[]): AsyncGenerator<string> {
  yield header(columns);
  for (let after = 0; ;) {
    const page = await ctx.transaction((tx) => refusedAfter(tx, upload, after, PAGE));
    if (page.length > 0) yield linesOf(page, columns);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.row;
  }
}

/** The same file as one text; null when nothing was refused. */
export async function errorCsv(tx: Tx, upload: Upload, columns: readonly ColumnView[]): Promise<string | null> {
  const refused = await refusedAfter(tx, upload, 0, null);
  return refused.length === 0 ? null : header(columns) + linesOf(refused, columns);
}

const refusedAfter = (tx: Tx, upload: Upload, after: number, limit: number | null) => rows<RefusedRow>(tx, sql`
  select r.row, r.cells, r.findings from contact_upload_row r where ${ofUpload(upload)} and r.findings is not null and r.row > ${after} order by r.row limit ${limit}`);

const header = (columns: readonly ColumnView[]) => stringify([[...columns.map((column) => column.name), ...errorColumns]], { ...asRead, bom: true });

const linesOf = (refused: readonly RefusedRow[], columns: readonly ColumnView[]) => stringify(refused.map(({ row, cells, findings }) => [
  ...columns.map((_, index) => cells[index] ?? ''), String(row), findings.map(({ problem }) => problem).join(' '), findings.map(({ howToFix }) => howToFix).join(' '),
]), asRead);
