import { wrongFile } from '#server/domain/contact-import/csv-file.ts';
import type { encodings } from '#server/domain/contact-import/schema.ts';

export type Encoding = (typeof encodings)[number];
/** What the file turned out to be. */
export type Read = { encoding: string };

/**
 * The text of a file, piece by piece. A byte order mark tells UTF-16 without doubt; what is no UTF-8 is never converted unasked.
 * @throws Problem validation_failed with code `not_utf8` or `unreadable_file`, in words for the person who chose the file
 */
export async function* decode(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, wanted: Encoding, read: Read): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces) {
    decoder ??= open(piece, wanted, read);
    yield text(decoder, piece);
  }
  if (decoder) yield text(decoder);
}

function open(first: Uint8Array, wanted: Encoding, read: Read): TextDecoder {
  if (startsWith(first, [0x50, 0x4b, 0x03, 0x04])) throw wrongFile('This is an Excel or zip file, not CSV. Open it in the spreadsheet and save it as “CSV UTF-8”.');
  if (startsWith(first, [0x25, 0x50, 0x44, 0x46])) throw wrongFile('This is a PDF, not CSV. Export the table as “CSV UTF-8”.');
  read.encoding = startsWith(first, [0xff, 0xfe]) ? 'utf-16le' : startsWith(first, [0xfe, 0xff]) ? 'utf-16be' : wanted;
  return new TextDecoder(read.encoding, { fatal: true });
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte);

function text(decoder: TextDecoder, piece?: Uint8Array): string {
  const decoded = attempt(decoder, piece);
  if (decoded.includes('\u0000')) throw wrongFile('This is not a UTF-8 text file (it looks like UTF-16, or it is no text at all). Save it as “CSV UTF-8” and choose it again.');
  if (decoded.includes('\uFFFD')) throw wrongFile('Characters of this file were lost when it was saved (�), as happens when Windows-1252 is taken for UTF-8. Export it again as “CSV UTF-8”.');
  return decoded;
}

function attempt(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw wrongFile('This file is not UTF-8 (it looks like Windows-1252), so names would be spoiled. Convert it, or save it as “CSV UTF-8” and choose it again.', 'not_utf8');
  }
}
