import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import type { Context } from '#server/context.ts';
import { checkRow, type RowRules, type StagedRow } from '#server/domain/contact-import/check-row.ts';
import { mapColumns } from '#server/domain/contact-import/columns.ts';
import { readCsv, wrongFile, type CsvRow } from '#server/domain/contact-import/csv-file.ts';
import { decode, type Encoding } from '#server/domain/contact-import/encoding.ts';
import type { ColumnView } from '#server/domain/contact-import/schema.ts';
import type { Upload } from '#server/domain/contact-import/settle.ts';

/** Rows that stand in memory at once. */
const BATCH = 500;
/** Rows by which columns are recognised. */
const BEGINNING = 100;

export type Reading = { /** Rows at most. */ most: number; mapping: Record<string, string | null>; hasList: boolean; country: string; refuseLandlines: boolean; encoding: Encoding };
export type Staged = { rows: number; columns: ColumnView[]; encoding: string; delimiter: string };
/** Writes one batch; `rows` are those of the file so far. */
export type WriteBatch = (batch: readonly StagedRow[], rows: number) => Promise<void>;

/**
 * Reads the whole file, each row with what is wrong with it, and gives the rows away in batches. Memory does not grow with the file: a batch is written
 * while the next one is read.
 * @throws Problem validation_failed on `csv` or `mapping` when the file as a whole cannot be read
 */
export async function stageRows(ctx: Pick<Context, 'now'>, bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, reading: Reading, write: WriteBatch): Promise<Staged> {
  const read = { encoding: 'utf-8' };
  const format = { delimiter: ',' };
  const writer = batchWriter(write);
  const opening = new Opening(ctx, reading);
  const samples: string[][] = [];
  for await (const record of readCsv(decode(bytes, reading.encoding, read), format, reading.most)) {
    for (const each of opening.take(record)) {
      addSamples(samples, each.cells, opening.rules());
      await writer.add(checkRow(each, opening.rules()));
    }
  }
  for (const each of opening.end()) {
    addSamples(samples, each.cells, opening.rules());
    await writer.add(checkRow(each, opening.rules()));
  }
  const written = await writer.end();
  if (written === 0) throw wrongFile('The file has column names and no person. Add one row per person.');
  const columns = opening.rules().columns.map((column, index) => ({ ...column, samples: samples[index] ?? [] }));
  return { rows: written, columns, ...read, ...format };
}

/** Holds the first rows back until the columns are known. */
class Opening {
  private readonly ctx: Pick<Context, 'now'>;
  private readonly reading: Reading;
  private header: string[] | null = null;
  private known: RowRules | null = null;
  private held: CsvRow[] = [];

  constructor(ctx: Pick<Context, 'now'>, reading: Reading) { this.ctx = ctx; this.reading = reading; }

  take(record: CsvRow): CsvRow[] {
    if (this.known) return [record];
    if (!this.header) { this.header = trimEnd(record.cells); return []; }
    this.held.push(record);
    return this.held.length < BEGINNING ? [] : this.end();
  }

  end(): CsvRow[] { this.rules(); return this.held.splice(0); }

  rules(): RowRules {
    const { mapping, hasList, country, refuseLandlines } = this.reading;
    return (this.known ??= { columns: mapColumns(this.header ?? [], mapping, hasList, { rows: this.held.map(({ cells }) => cells), country }), country, refuseLandlines, now: this.ctx.now() });
  }
}

const trimEnd = (cells: string[]) => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);

function addSamples(samples: string[][], cells: readonly string[], { columns }: RowRules): void {
  for (let index = 0; index < columns.length; index++) {
    const found = (samples[index] ??= []);
    const cell = cells[index] ?? '';
    if (found.length < 3 && cell !== '' && !found.includes(cell.slice(0, 80))) found.push(cell.slice(0, 80));
  }
}

function batchWriter(write: WriteBatch) {
  let batch: StagedRow[] = [];
  let written = 0;
  let under: Promise<unknown> = Promise.resolve();
  const flush = async () => {
    await under;
    if (batch.length === 0) return;
    const next = batch;
    batch = [];
    written += next.length;
    under = write(next, written);
    under.catch(() => {}); // it is awaited with the next batch
  };
  return {
    async add(row: StagedRow) { if (batch.push(row) >= BATCH) await flush(); },
    async end() { await flush(); await under; return written; },
  };
}

/** Into contact_upload_row. A statement of drizzle runs anew at each await: the function makes it one promise. */
export const insertRows = async (tx: Tx, { organizationId, uploadId }: Upload, staged: readonly StagedRow[]) => void await tx.execute(sql`
  insert into contact_upload_row (organization_id, upload_id, row, cells, findings, phone, email, first_name, last_name, time_zone, consent_source, consent_at, opted_out, tags, fields, data)
  select ${organizationId}::uuid, ${uploadId}::uuid, r.* from json_to_recordset(${JSON.stringify(staged)}::json) as r(${stagedColumns})`);

/** The columns of a StagedRow for json_to_recordset. */
export const stagedColumns = sql`row integer, cells text[], findings jsonb, phone text, email text, first_name text, last_name text, time_zone text, consent_source text, consent_at timestamptz,
  opted_out boolean, tags text[], fields jsonb, data jsonb`;
