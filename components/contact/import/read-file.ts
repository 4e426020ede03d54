const MOST = 50_000_000;

export type ReadFile =
  | { kind: 'text'; text: string; note?: string }
  /** Not UTF-8; `text` is what it says when read as Windows-1252, which a person has to agree to. */
  | { kind: 'windows-1252'; text: string }
  | { kind: 'unreadable'; problem: string };

/** The text of a file's bytes. A byte order mark tells UTF-16 without doubt; what is no UTF-8 is asked about. */
export function readBytes(bytes: Uint8Array): ReadFile {
  if (bytes.length > MOST) return unreadable('The file is larger than 50 MB. Split it and import the parts one after the other.');
  if (bytes.length === 0) return unreadable('The file is empty. Choose a CSV file with a row of column names and one row per person.');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return unreadable('This is an Excel or zip file, not CSV. Open it in the spreadsheet and save it as “CSV UTF-8”.');
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return unreadable('This is a PDF, not CSV. Export the table as “CSV UTF-8”.');
  if (startsWith(bytes, [0xff, 0xfe])) return { kind: 'text', text: new TextDecoder('utf-16le').decode(bytes), note: 'The file was UTF-16 and was converted.' };
  if (startsWith(bytes, [0xfe, 0xff])) return { kind: 'text', text: new TextDecoder('utf-16be').decode(bytes), note: 'The file was UTF-16 and was converted.' };
  if (bytes.includes(0)) return unreadable('This is not a text file. Export the table as “CSV UTF-8” and choose that file.');
  const text = decodeUtf8(bytes);
  return text === null ? { kind: 'windows-1252', text: new TextDecoder('windows-1252').decode(bytes) } : { kind: 'text', text };
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte);
const unreadable = (problem: string): ReadFile => ({ kind: 'unreadable', problem });

function decodeUtf8(bytes: Uint8Array): string | null {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return null; }
}
