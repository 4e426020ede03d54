import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { unquoteFormula } from '#server/domain/contact/formula.ts';
import { invalidField, type Problem } from '#server/errors.ts';

export const maxRows = 100_000;
export const maxColumns = 200;

/** `row` counts as a spreadsheet does: 1 is the header. */
export type CsvRow = { row: number; cells: string[] };

/**
 * The records of a CSV text, the header first. Blank rows are counted and left out. Comma, semicolon or tab; quotes, line breaks in quotes, CRLF
 * and a byte order mark as spreadsheets write them. Gives way to other requests every 1,000 rows.
 * @throws Problem validation_failed on `csv`, in words for the person who chose the file
 */
export async function* readCsv(text: string): AsyncGenerator<CsvRow> {
  refuseWrongFile(text);
  const parser = Readable.from(chunksOf(text)).pipe(parse({
    bom: true, delimiter: guessDelimiter(text), relax_quotes: true, relax_column_count: true, max_record_size: 1_000_000, encoding: 'utf8',
  }));
  let row = 0;
  let filled = 0;
  try {
    for await (const record of parser) {
      row++;
      const cells = cellsOf(record);
      if (row % 1000 === 0) await setImmediate();
      if (cells.every((cell) => cell === '')) continue;
      if (++filled > maxRows + 1) throw wrongFile(`The file has more than ${maxRows.toLocaleString('en')} rows. Split it and import the parts one after the other.`);
      yield { row, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error;
  }
}

export const wrongFile = (message: string): Problem => invalidField('csv', message, 'unreadable_file');

function refuseWrongFile(text: string): void {
  if (text.replace(/^\uFEFF/, '').trim() === '') throw wrongFile('The file is empty. Choose a CSV file with a row of column names and one row per person.');
  if (text.startsWith('PK\u0003\u0004')) throw wrongFile('This is an Excel or zip file, not CSV. Open it in the spreadsheet and save it as “CSV UTF-8”.');
  if (text.startsWith('%PDF')) throw wrongFile('This is a PDF, not CSV. Export the table as “CSV UTF-8”.');
  if (text.includes('\u0000')) throw wrongFile('This is not a UTF-8 text file (it looks like UTF-16, or it is no text at all). Save it as “CSV UTF-8” and choose it again.');
  if (text.includes('\uFFFD') || !text.isWellFormed()) throw wrongFile('This file is not UTF-8 (it looks like Windows-1252), so names would be spoiled. Save it as “CSV UTF-8” and choose it again.');
}

/** Bytes, because a piece of text may end within a character. */
function* chunksOf(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

/** The one of , ; and tab that stands most often in the first record, outside quotes. */
export function guessDelimiter(text: string): ',' | ';' | '\t' {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let isQuoted = false;
  for (const character of text.slice(0, 100_000).trimStart()) {
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '\n' || character === '\r') break;
    else if (character === ',' || character === ';' || character === '\t') counts[character]++;
  }
  if (counts['\t'] > counts[','] && counts['\t'] > counts[';']) return '\t';
  return counts[';'] > counts[','] ? ';' : ',';
}

/** csv-parse types a record as any; without the `columns` option it is an array of texts. */
function cellsOf(record: unknown): string[] {
  if (!Array.isArray(record)) throw new Error('csv-parse gave a record that is no array');
  return record.map((cell) => unquoteFormula(String(cell)).trim());
}

function unreadable(error: CsvError): Problem {
  const row = Number(error.records) + 1;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') return wrongFile(`A quotation mark that opens in row ${row} is never closed. Close it, or remove it, and choose the file again.`);
  return wrongFile(`Row ${row} cannot be read as CSV (${error.message}). Open the file in a spreadsheet, save it as “CSV UTF-8” and choose it again.`);
}
