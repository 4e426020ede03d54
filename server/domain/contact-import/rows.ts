import { sql, type SQL } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { contactUploads } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { checkResult, listUploadRowsInput, type CheckResult, type FieldChange, type Finding, type ListUploadRowsInput, type UploadRowView } from '#server/domain/contact-import/schema.ts';
import { contactOfRow, isChanged, nextColumns, ofUpload, staysOut } from '#server/domain/contact-import/settle.ts';
import { isUpload } from '#server/domain/contact-import/upload.ts';
import { page, type Page } from '#server/domain/paging.ts';
import { notFound } from '#server/errors.ts';

type Side = Record<string, unknown>;
type Row = { row: number; cells: string[]; findings: Finding[] | null; contact_id: string | null; name: string; phone: string | null; email: string | null; opted_out: boolean; before: Side | null; after: Side };

const conditions: Record<'created' | 'updated' | 'unchanged' | 'refused', SQL> = {
  created: sql`r.findings is null and c.id is null`, updated: sql`r.findings is null and c.id is not null and ${isChanged}`,
  unchanged: sql`r.findings is null and c.id is not null and not ${isChanged}`, refused: sql`r.findings is not null`,
};

/**
 * Rows of one group of a checked file, in its order, each with what it would change or what is wrong with it. Once it is imported only the refused
 * are left.
 * @throws Problem not_found
 */
export async function listUploadRows(ctx: Context, input: ListUploadRowsInput): Promise<Page<UploadRowView>> {
  const { id, group, kind, ...at } = listUploadRowsInput.parse(input);
  return ctx.transaction(async (tx) => {
    const [upload] = await tx.select({ state: contactUploads.state, result: contactUploads.result }).from(contactUploads).where(isUpload(ctx.organizationId, id));
    if (!upload) throw notFound('upload');
    if (upload.result === null) return page<UploadRowView>([], 0, at);
    const total = totalOf(checkResult.parse(upload.result), group, kind);
    const sides = Object.keys(nextColumns) as (keyof typeof nextColumns)[];
    const jsonOf = (column: (name: keyof typeof nextColumns) => SQL) => sql`jsonb_build_object(${sql.join(sides.map((name) => sql`${sql.raw(`'${name}'`)}, ${column(name)}`), sql`, `)})`;
    const found = await rows<Row>(tx, sql`
      select r.row, r.cells, r.findings, c.id as contact_id, concat_ws(' ', coalesce(r.first_name, c.first_name), coalesce(r.last_name, c.last_name)) as name, r.phone, r.email,
        ${staysOut} as opted_out, case when c.id is not null then ${jsonOf((name) => sql`c.${sql.identifier(name)}`)} end as before,
        case when c.id is null then ${jsonOf((name) => sql`r.${sql.identifier(name)}`)} else ${jsonOf((name) => nextColumns[name])} end as after
      from contact_upload_row r left join contact c on ${contactOfRow} left join kept_opt_out k on k.organization_id = r.organization_id and k.phone = r.phone
      where ${ofUpload({ organizationId: ctx.organizationId, uploadId: id })} and ${conditions[group]} ${kind ? sql`and r.findings->0->>'kind' = ${kind}` : sql``}
      order by r.row limit ${at.ps} offset ${(at.p - 1) * at.ps}`);
    return page(found.map(viewOf), upload.state === 'done' && group !== 'refused' ? 0 : total, at);
  });
}

function totalOf(result: CheckResult, group: keyof typeof conditions, kind: string | undefined): number {
  return group === 'refused' && kind ? result.kinds.find((each) => each.kind === kind)?.rows ?? 0 : result[group];
}

const viewOf = (row: Row): UploadRowView => ({
  row: row.row, cells: row.cells, contactId: row.contact_id, name: row.name || null, phone: row.phone, email: row.email, optedOut: row.opted_out,
  changes: row.findings ? [] : changesOf(row.before, row.after), findings: row.findings ?? [],
});

const words: Record<string, string> = { first_name: 'First name', last_name: 'Last name', email: 'E-mail', time_zone: 'Time zone', consent_source: 'Consent', consent_at: 'Consent date', tags: 'Tags' };

function changesOf(before: Side | null, after: Side): FieldChange[] {
  const facts = Object.entries(words).map(([name, field]) => ({ field, before: said(dayOf(name, before?.[name])), after: said(dayOf(name, after[name])) }));
  const [had, has] = [asRecord(before?.fields), asRecord(after.fields)];
  const own = Object.keys(has).map((name) => ({ field: name, before: said(had[name]), after: said(has[name]) }));
  return [...facts, ...own].flatMap((change) => (change.before === change.after ? [] : [{ ...change, after: change.after ?? '' }]));
}

/** A moment as its day, which is what files say. */
const dayOf = (name: string, value: unknown) => (name === 'consent_at' && typeof value === 'string' ? value.slice(0, 10) : value);

const asRecord = (value: unknown): Side => (typeof value === 'object' && value !== null ? { ...value } : {});
const said = (value: unknown): string | null => {
  if (Array.isArray(value)) return value.join(', ') || null;
  return value === null || value === undefined || value === '' ? null : typeof value === 'string' ? value : JSON.stringify(value);
};
