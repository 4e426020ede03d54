import { and, eq, sql } from 'drizzle-orm';
import { stringify } from 'csv-stringify/sync';
import type { Tx } from '#db/index.ts';
import { contactImports, lists } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { checkRow, type ImportRow, type Refused } from '#server/domain/contact/check-rows.ts';
import { errorColumns, mapColumns, type Column } from '#server/domain/contact/columns.ts';
import { readCsv, wrongFile } from '#server/domain/contact/csv-file.ts';
import { quoteFormula } from '#server/domain/contact/formula.ts';
import { countChanges, joinList, recordImportedOptOuts, writePeople, type Counts } from '#server/domain/contact/import-rows.ts';
import { findList, freeSlug, insertList } from '#server/domain/contact/membership.ts';
import { isCountry } from '#server/domain/contact/phone.ts';
import { importContactsInput, type ImportContactsInput, type ImportResult } from '#server/domain/contact/schema.ts';
import { defaultCountry } from '#server/domain/contact/view.ts';
import { invalidField } from '#server/errors.ts';

type Request = ReturnType<typeof importContactsInput.parse>;
type CheckedFile = { columns: ImportResult['columns']; people: ImportRow[]; refused: Refused[]; duplicates: number };

/**
 * Checks the whole file, then writes all of it in one transaction or, with `dryRun`, nothing: both give the same counts. Rows that do not fit are
 * refused and told; the others go in. Nobody who opted out comes back by an import (D10).
 * @throws Problem validation_failed on `csv`, `mapping`, `list` or `defaultCountry`; not_found for an unknown list
 */
export async function importContacts(ctx: Context, input: ImportContactsInput): Promise<ImportResult> {
  requireRole(ctx, 'marketer');
  const request = importContactsInput.parse(input);
  if (request.list && request.listName) throw invalidField('listName', 'Choose a list or name a new one, not both.');
  const file = await checkFile(request, await countryOf(ctx, request));
  return ctx.transaction(async (tx) => {
    const list = await plannedList(tx, ctx.organizationId, request);
    const counts = await countChanges(tx, ctx.organizationId, file.people);
    const written = request.dryRun ? { importId: null, list } : await write(tx, ctx, request, file, counts, list);
    const refusedRows = file.refused.slice(0, 500).map(({ row, value, problem, howToFix }) => ({ row, value, problem, howToFix }));
    const { columns, duplicates } = file;
    return { ...counts, ...written, rows: file.people.length + file.refused.length, refused: file.refused.length, duplicates, columns, refusedRows, errorCsv: errorCsv(file) };
  });
}

async function countryOf(ctx: Context, { defaultCountry: chosen }: Request): Promise<string> {
  const country = chosen ?? (await ctx.transaction((tx) => defaultCountry(tx, ctx.organizationId)));
  if (!isCountry(country)) throw invalidField('defaultCountry', `‘${country}’ is not a country. Use two letters like US or GB.`);
  return country;
}

async function checkFile(request: Request, country: string): Promise<CheckedFile> {
  let columns: Column[] | null = null;
  const samples: string[][] = [];
  const people = new Map<string, ImportRow>();
  const records = new Map<number, string[]>();
  const refused: Refused[] = [];
  let duplicates = 0;
  for await (const record of readCsv(request.csv)) {
    if (!columns) { columns = requirePhone(mapColumns(trimEnd(record.cells), request.mapping ?? {}, Boolean(request.list ?? request.listName)), request.dryRun); continue; }
    addSamples(samples, record.cells.slice(0, columns.length));
    const result = checkRow(record, columns, country);
    if ('refused' in result) { refused.push(result.refused); continue; }
    const { person } = result;
    const earlier = people.get(person.phone);
    if (earlier) { refused.push(doubled(earlier, person, records.get(earlier.row) ?? [])); duplicates++; }
    people.set(person.phone, person);
    records.set(person.row, record.cells);
  }
  if (!columns || (people.size === 0 && refused.length === 0)) throw wrongFile('The file has column names and no person. Add one row per person.');
  refused.sort((a, b) => a.row - b.row);
  return { columns: columns.map((column, index) => ({ ...column, samples: samples[index] ?? [] })), people: [...people.values()], refused, duplicates };
}

/** A check may be made to see the columns; an import without numbers would refuse everybody. */
function requirePhone(columns: Column[], isDryRun: boolean): Column[] {
  if (isDryRun || columns.some((column) => column.mappedTo === 'phone')) return columns;
  throw invalidField('mapping', `No column holds the phone numbers. Choose which of these does: ${columns.map((column) => column.name).join(', ')}.`, 'phone_not_mapped');
}

const trimEnd = (cells: string[]) => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);

function addSamples(samples: string[][], cells: readonly string[]): void {
  cells.forEach((cell, index) => {
    const found = (samples[index] ??= []);
    if (cell !== '' && found.length < 3 && !found.includes(cell)) found.push(cell.slice(0, 80));
  });
}

const doubled = (earlier: ImportRow, later: ImportRow, cells: string[]): Refused => ({
  row: earlier.row, value: earlier.phone, cells,
  problem: `Two rows have ${earlier.phone} (rows ${earlier.row} and ${later.row}). The later row wins.`,
  howToFix: `Nothing to do, unless this row is the right one: then remove row ${later.row}.`,
});

type PlannedList = ImportResult['list'];

async function plannedList(tx: Tx, organizationId: string, { list, listName }: Request): Promise<PlannedList> {
  if (list) return pick(await findList(tx, organizationId, list));
  if (!listName) return null;
  const [existing] = await tx.select().from(lists).where(and(eq(lists.organizationId, organizationId), sql`lower(${lists.name}) = lower(${listName})`)).limit(1);
  return existing ? pick(existing) : { id: null, slug: await freeSlug(tx, organizationId, listName), name: listName };
}

const pick = ({ id, slug, name }: { id: string; slug: string; name: string }) => ({ id, slug, name });

async function write(tx: Tx, ctx: Context, request: Request, { people, refused }: CheckedFile, counts: Counts, planned: PlannedList) {
  const now = ctx.now();
  const list = planned && !planned.id ? pick(await insertList(tx, ctx.organizationId, planned.name)) : planned;
  await writePeople(tx, ctx.organizationId, people, now);
  await recordImportedOptOuts(tx, ctx.organizationId, people, request.fileName, now);
  if (list?.id) await joinList(tx, ctx.organizationId, list.id, people, now);
  const [row] = await tx.insert(contactImports).values({
    organizationId: ctx.organizationId, fileName: request.fileName, listId: list?.id ?? null, createdCount: counts.created, updatedCount: counts.updated,
    unchangedCount: counts.unchanged, refusedCount: refused.length, importedBy: userId(ctx), createdAt: now,
  }).returning({ id: contactImports.id });
  return { importId: row!.id, list };
}

/** The refused rows with their own columns, safe to open in a spreadsheet and to import again once corrected. */
function errorCsv({ columns, refused }: CheckedFile): string | null {
  if (refused.length === 0) return null;
  const width = columns.length;
  const header = [...columns.map((column) => column.name), ...errorColumns];
  const lines = refused.map(({ row, problem, howToFix, cells }) => [...Array.from({ length: width }, (_, index) => cells[index] ?? ''), String(row), problem, howToFix]);
  return stringify([header, ...lines], { bom: true, record_delimiter: 'windows', cast: { string: quoteFormula } });
}
