import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { unquoteFormula } from '#server/domain/contact/formula.ts';
import { invalidField, type Problem } from '#server/errors.ts';

export const maxColumns = 200;
const mostCharacters = 1_000_000;
/** Bytes that are parsed in one go: about a millisecond. */
const SLICE = 16 * 1024;

/** `row` counts as a spreadsheet does: 1 is the header. */
export type CsvRow = { row: number; cells: string[] };
export type Delimiter = ',' | ';' | '\t';
/** What the file turned out to be. */
export type Format = { delimiter: string };

/**
 * The records of a CSV text, the header first. Blank rows are counted and left out. Comma, semicolon or tab; quotes, line breaks in quotes, CRLF
 * and a byte order mark as spreadsheets write them. Gives way to other work every 100 rows; holds one piece of the text at a time.
 * @throws Problem validation_failed on `csv`, in words for the person who chose the file
 */
export async function* readCsv(pieces: AsyncIterable<string>, format: Format, most: number): AsyncGenerator<CsvRow> {
  const { first, all } = await peek(pieces);
  const delimiter = guessDelimiter(first);
  format.delimiter = delimiter;
  const parser = parse({ bom: true, delimiter, relax_quotes: true, relax_column_count: true, max_record_size: mostCharacters, encoding: 'utf8' });
  // What fails further up arrives at the loop below.
  pipeline(Readable.from(bytesOf(all)), parser, () => {});
  let row = 0;
  let filled = 0;
  try {
    for await (const record of parser) {
      row++;
      const cells = cellsOf(record);
      if (row % 100 === 0) await setImmediate();
      if (cells.every((cell) => cell === '')) continue;
      if (++filled > most + 1) throw wrongFile(`The file has more than ${most.toLocaleString('en')} rows. Split it and import the parts one after the other.`);
      yield { row, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error;
  }
}

export const wrongFile = (message: string, code = 'unreadable_file'): Problem => invalidField('csv', message, code);

/** The first piece that says something, to look at, and then all of them. */
async function peek(pieces: AsyncIterable<string>) {
  const iterator = pieces[Symbol.asyncIterator]();
  let first = '';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    first += next.value;
    if (first.replace(/^\uFEFF/, '').trim() !== '') return { first, all: rest(first, iterator) };
  }
  throw wrongFile('The file is empty. Choose a CSV file with a row of column names and one row per person.');
}

async function* rest(first: string, iterator: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

/** In slices: the parser takes whatever it is given in one go, and nobody else is served meanwhile. Bytes are cut, not characters, so none breaks. */
async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
  }
}

/** The one of , ; and tab that stands most often in the first record, outside quotes. */
export function guessDelimiter(text: string): Delimiter {
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
