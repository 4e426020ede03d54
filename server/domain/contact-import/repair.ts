import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { contactUploads } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { checkRow, type RowRules, type StagedRow } from '#server/domain/contact-import/check-row.ts';
import { countryOf } from '#server/domain/contact-import/import.ts';
import { repairRowsInput, type CheckResult, type RepairRowsInput, type UploadView } from '#server/domain/contact-import/schema.ts';
import { countGroups, countKinds, expectMany, markDuplicates, matchContacts, ofUpload, type Upload } from '#server/domain/contact-import/settle.ts';
import { stagedColumns } from '#server/domain/contact-import/stage.ts';
import { isUpload, readyUpload, viewUploads } from '#server/domain/contact-import/upload.ts';
import { invalidField } from '#server/errors.ts';

const PAGE = 2000;
type Request = ReturnType<typeof repairRowsInput.parse>;
type FileRow = { row: number; cells: string[] };

/**
 * Corrects cells of refused rows, and checks only these again; what was accepted stays so, unless a repaired row further down has the same number.
 * The file itself is not changed.
 * @throws Problem not_found; invalid_state unless the check has ended; validation_failed for an unknown column
 */
export async function repairRows(ctx: Context, input: RepairRowsInput): Promise<UploadView> {
  requireRole(ctx, 'marketer');
  const request = repairRowsInput.parse(input);
  return ctx.transaction(async (tx) => {
    const { options, result } = await readyUpload(tx, ctx.organizationId, request.id);
    const upload = { organizationId: ctx.organizationId, uploadId: request.id };
    const rules = { columns: result.columns, country: await countryOf(tx, ctx.organizationId, options.defaultCountry), refuseLandlines: options.refuseLandlines, now: ctx.now() };
    await repairAll(tx, upload, rules, request);
    await expectMany(tx, result.rows);
    await markDuplicates(tx, upload);
    await matchContacts(tx, upload);
    const next: CheckResult = { ...result, ...(await countGroups(tx, upload)), kinds: await countKinds(tx, upload) };
    const [row] = await tx.update(contactUploads).set({ result: next, updatedAt: ctx.now() }).where(isUpload(ctx.organizationId, request.id)).returning();
    const [view] = await viewUploads(tx, ctx, row ? [row] : []);
    return view!;
  });
}

async function repairAll(tx: Tx, upload: Upload, rules: RowRules, request: Request): Promise<void> {
  const indexOf = (column: string, field: string) => {
    const index = rules.columns.findIndex(({ name }) => name === column);
    if (index < 0) throw invalidField(field, `The file has no column ‘${column}’.`);
    return index;
  };
  const edits = new Map<number, { index: number; value: string }[]>();
  for (const { row, column, value } of request.cells) edits.set(row, [...(edits.get(row) ?? []), { index: indexOf(column, 'cells'), value: value.trim() }]);
  const replace = request.replace && { ...request.replace, index: indexOf(request.replace.column, 'replace.column') };
  const isMeant = sql`(r.row in (select value::int from json_array_elements_text(${JSON.stringify([...edits.keys()])}::json))
    ${replace ? sql`or starts_with(r.cells[${replace.index + 1}::int], ${replace.begins})` : sql``})`;
  for (let after = 0; ;) {
    const page = await rows<FileRow>(tx, sql`select r.row, r.cells from contact_upload_row r where ${ofUpload(upload)} and r.findings is not null and r.row > ${after} and ${isMeant} order by r.row limit ${PAGE}`);
    const last = page.at(-1);
    if (!last) return;
    await rewrite(tx, upload, page.map(({ row, cells }) => checkRow({ row, cells: corrected(cells, edits.get(row) ?? [], replace) }, rules)));
    after = last.row;
  }
}

function corrected(cells: readonly string[], edits: readonly { index: number; value: string }[], replace: { index: number; begins: string; by: string } | undefined): string[] {
  const next = [...cells];
  const set = (index: number, value: string) => { while (next.length < index) next.push(''); next[index] = value; };
  const cell = replace && next[replace.index];
  if (replace && cell?.startsWith(replace.begins)) set(replace.index, replace.by + cell.slice(replace.begins.length));
  for (const { index, value } of edits) set(index, value);
  return next;
}

const rewrite = async (tx: Tx, upload: Upload, staged: readonly StagedRow[]) => void await tx.execute(sql`
  update contact_upload_row r set cells = n.cells, findings = n.findings, person_id = gen_random_uuid(), phone = n.phone, email = n.email, first_name = n.first_name, last_name = n.last_name, time_zone = n.time_zone,
    consent_source = n.consent_source, consent_at = n.consent_at, opted_out = n.opted_out, tags = n.tags, fields = n.fields, data = n.data
  from json_to_recordset(${JSON.stringify(staged)}::json) as n(${stagedColumns}) where ${ofUpload(upload)} and r.row = n.row`);
