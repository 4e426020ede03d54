import * as z from 'zod';
import { pageInput } from '../paging.ts';

/** Where columns go: phone · email · firstName · lastName · timeZone · consentSource · consentAt · tags · optedOut · fields.<name> · data.<path> (per-member data of the list). */
const mapping = z.record(z.string().max(1000), z.string().max(300).nullable());

/** How a file is read and where its people go. */
const reading = z.object({
  /** By column; what is left out is guessed, and null goes nowhere. */
  mapping: mapping.optional(),
  /** Slug or id of a list that all imported people join; made when `listName` names a new one. */
  list: z.string().max(100).optional(),
  listName: z.string().trim().max(100).optional(),
  /** Of numbers without a country code; the organisation's own unless told. It also says whether 3/5/2026 is in March or in May. */
  defaultCountry: z.string().regex(/^[A-Z]{2}$/).optional(),
  /** Refuse numbers that are known to be landlines. */
  refuseLandlines: z.boolean().default(false),
});

/** Text of a CSV file with a header row. */
export const importContactsInput = z.object({
  fileName: z.string().max(255).default('contacts.csv'),
  csv: z.string().max(50_000_000),
  /** Check the whole file and write nothing. */
  dryRun: z.boolean().default(false),
}).extend(reading.shape);
export type ImportContactsInput = z.input<typeof importContactsInput>;

export const columnView = z.object({
  name: z.string(), mappedTo: z.string().nullable(), samples: z.array(z.string()),
  /** Why it goes there, in words. */
  reason: z.string(),
});
export type ColumnView = z.infer<typeof columnView>;

const counts = {
  rows: z.number().int(), created: z.number().int(), updated: z.number().int(), unchanged: z.number().int(),
  /** Of the refused: rows whose number stands again further down, where the later row counts. */
  refused: z.number().int(), duplicates: z.number().int(),
  /** Of the accepted: people who opted out. They stay so, whatever the file says. */
  optedOut: z.number().int(),
  columns: z.array(columnView),
};

export const refusedRow = z.object({ row: z.number().int(), value: z.string(), problem: z.string(), howToFix: z.string() });
export const importResult = z.object({
  importId: z.uuid().nullable(), ...counts,
  /** The first 500; `errorCsv` has all: the file's own columns with row, problem and how_to_fix, to be corrected and imported again. */
  refusedRows: z.array(refusedRow),
  errorCsv: z.string().nullable(),
  list: z.object({ id: z.uuid().nullable(), slug: z.string(), name: z.string() }).nullable(),
});
export type ImportResult = z.infer<typeof importResult>;

export const encodings = ['utf-8', 'windows-1252'] as const;

export const uploadOptions = reading.extend({
  /** UTF-16 is told by its byte order mark; Windows-1252 by a person only. */
  encoding: z.enum(encodings).default('utf-8'),
  refuseLandlines: z.boolean().default(true),
});
export type UploadOptions = z.output<typeof uploadOptions>;

export const storeUploadInput = z.object({ fileName: z.string().trim().min(1).max(255).default('contacts.csv'), list: z.string().max(100).optional(), size: z.coerce.number().int().min(0).default(0) });
export type StoreUploadInput = z.input<typeof storeUploadInput>;

/** What a check found. `kinds` says how many of the refused rows have which problem first. */
export const checkResult = z.object({
  ...counts,
  kinds: z.array(z.object({ kind: z.string(), rows: z.number().int() })),
  encoding: z.string(), delimiter: z.string(),
});
export type CheckResult = z.infer<typeof checkResult>;

export const uploadStates = ['uploading', 'checking', 'ready', 'writing', 'done', 'failed'] as const;
export type UploadView = {
  id: string; fileName: string; state: (typeof uploadStates)[number]; bytes: number; bytesDone: number; rowsDone: number; options: UploadOptions; result: CheckResult | null;
  /** How much of an import under way is written, 0 to 1; all of it is seen at once, or nothing. Null in every other state. */
  written: number | null;
  /** Why it failed, in words; nothing was written then. `not_utf8` can be tried as Windows-1252. */
  problem: string | null; problemCode: string | null; import: ImportView | null; createdAt: string;
};

export const uploadInput = z.object({ id: z.uuid() });
export const updateUploadInput = uploadInput.extend({ options: uploadOptions });
export type UpdateUploadInput = z.input<typeof updateUploadInput>;
/** The list may be chosen until the last moment. */
export const startImportInput = uploadInput.extend({ list: z.string().max(100).optional(), listName: z.string().trim().max(100).optional() });
export type StartImportInput = z.input<typeof startImportInput>;

export const rowGroups = ['created', 'updated', 'unchanged', 'refused'] as const;
export const listUploadRowsInput = pageInput.extend({ id: z.uuid(), group: z.enum(rowGroups), /** Of the refused: those with this problem. */ kind: z.string().max(50).optional() });
export type ListUploadRowsInput = z.input<typeof listUploadRowsInput>;
export type Finding = { kind: string; /** Null: the row as a whole. */ column: string | null; value: string; problem: string; howToFix: string };
export type FieldChange = { field: string; before: string | null; after: string };
export type UploadRowView = { row: number; cells: string[]; contactId: string | null; name: string | null; phone: string | null; email: string | null; optedOut: boolean; changes: FieldChange[]; findings: Finding[] };

/** Cells of refused rows as they should have been: one by one, or all in a column that begin with the same. */
export const repairRowsInput = uploadInput.extend({
  cells: z.array(z.object({ row: z.number().int().min(1).max(2_000_000), column: z.string().max(1000), value: z.string().max(5000) })).max(1000).default([]),
  replace: z.object({ column: z.string().max(1000), begins: z.string().min(1).max(100), by: z.string().max(100) }).optional(),
});
export type RepairRowsInput = z.input<typeof repairRowsInput>;

export type ImportView = {
  id: string; fileName: string; list: { slug: string; name: string } | null; created: number; updated: number; unchanged: number; refused: number;
  importedBy: string | null; createdAt: string; undoneAt: string | null; undoneBy: string | null;
  /** Until then it can be undone; null: no longer. */
  undoUntil: string | null;
  /** The upload that still has its refused rows. */
  uploadId: string | null;
};
export const listImportsInput = pageInput;
export type ListImportsInput = z.input<typeof listImportsInput>;

/** `kept` were made by the import and stay, because they were messaged, edited or opted out since. */
export type UndoResult = { deleted: number; restored: number; kept: number; left: number };
