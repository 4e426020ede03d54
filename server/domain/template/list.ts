import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { templates, templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { TemplateRow } from '#server/domain/template/row.ts';
import { listTemplatesInput, type ListTemplatesInput, type TemplatePage, type TemplateView } from '#server/domain/template/schema.ts';
import { page } from '#server/domain/paging.ts';
import { usesOf } from '#server/domain/template/used-by.ts';
import { summaryColumns, summaryOf, usualSeconds, type SummaryRow } from '#server/domain/template/view.ts';

/**
 * Families, the last changed first. A filter looks at the newest version of each language, the search at the names and texts of all versions.
 */
export async function listTemplates(ctx: Context, given: ListTemplatesInput): Promise<TemplatePage> {
  const input = listTemplatesInput.parse(given);
  return ctx.transaction(async (tx) => {
    const found = await matching(tx, ctx, input);
    const ids = found.slice((input.p - 1) * input.ps, input.p * input.ps).map(({ id }) => id);
    const data = ids.length === 0 ? [] : await viewFamilies(tx, ctx, ids);
    return { ...page(data, found.length, input), usualSeconds: await usualSeconds(tx, ctx), checkedAt: await lastCheck(tx, ctx) };
  });
}

/** Ids of the families in the order of the list; Twilio allows some thousands. */
function matching(tx: Tx, ctx: Context, { search, status, category }: { search: string; status?: string | undefined; category?: string | undefined }) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const isFound = search ? sql`(t.name ilike ${pattern} or exists (select 1 from template_version v where v.organization_id = t.organization_id and v.template_id = t.id and v.deleted_at is null
    and (v.external_name ilike ${pattern} or v.content ->> 'body' ilike ${pattern} or v.content_sid = ${search})))` : sql`true`;
  return rows<{ id: string }>(tx, sql`
    select t.id from template t where t.organization_id = ${ctx.organizationId} and ${isFound} and exists (
      select 1 from (select distinct on (language) * from template_version where organization_id = t.organization_id and template_id = t.id and deleted_at is null order by language, number desc) newest
      where ${status ? sql`newest.status = ${status}::template_status` : sql`true`} and ${category ? sql`coalesce(newest.granted_category, newest.category) = ${category}::template_category` : sql`true`})
    order by t.updated_at desc, t.id`);
}

async function viewFamilies(tx: Tx, ctx: Context, ids: string[]): Promise<TemplateView[]> {
  const families = await tx.select().from(templates).where(and(eq(templates.organizationId, ctx.organizationId), inArray(templates.id, ids)));
  const versions = await tx.select(summaryColumns).from(templateVersions).where(and(eq(templateVersions.organizationId, ctx.organizationId), inArray(templateVersions.templateId, ids), isNull(templateVersions.deletedAt)))
    .orderBy(asc(templateVersions.language), desc(templateVersions.number));
  const uses = await usesOf(tx, ctx, versions.map(({ contentSid }) => contentSid));
  const byFamily = Map.groupBy(versions, ({ templateId }) => templateId);
  const usedBy = (of: SummaryRow[]) => of.reduce((sum, { contentSid }) => sum + (uses.get(contentSid ?? '')?.length ?? 0), 0);
  const view = (family: TemplateRow, of: SummaryRow[]): TemplateView =>
    ({ id: family.id, name: family.name, languages: languagesOf(of), usedBy: usedBy(of), updatedAt: family.updatedAt.toISOString() });
  return ids.map((id) => view(families.find((family) => family.id === id)!, byFamily.get(id) ?? []));
}

/** Per language the newest version, and the newest of those that can be sent. */
function languagesOf(versions: SummaryRow[]): TemplateView['languages'] {
  return [...Map.groupBy(versions, ({ language }) => language)].map(([language, [newest, ...older]]) => {
    const usable = [newest!, ...older].find(({ status }) => status === 'approved');
    return { language, newest: summaryOf(newest!), usable: usable ? summaryOf(usable) : null };
  });
}

async function lastCheck(tx: Tx, ctx: Context): Promise<string | null> {
  const [last] = await tx.select({ at: sql<string | null>`max(${templateVersions.checkedAt})` }).from(templateVersions).where(and(eq(templateVersions.organizationId, ctx.organizationId), isNull(templateVersions.deletedAt)));
  return last?.at ? new Date(last.at).toISOString() : null;
}
