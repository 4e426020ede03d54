import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { templateVersions } from '#db/schema/index.ts';
import { explainRejection } from '#server/channels/whatsapp/rejection.ts';
import { templateCategories, type TemplateCategory } from '#server/channels/whatsapp/template.ts';
import type { Context } from '#server/context.ts';
import { positionsIn, type OneVersion, type TemplateRow, type VersionRow } from '#server/domain/template/row.ts';
import type { VersionSummary, VersionView } from '#server/domain/template/schema.ts';
import { usesOf, type Use } from '#server/domain/template/used-by.ts';

/** Versions as the outside sees them. */
export async function viewVersions(tx: Tx, ctx: Context, versions: OneVersion[]): Promise<VersionView[]> {
  const uses = await usesOf(tx, ctx, versions.map(({ version }) => version.contentSid));
  return versions.map(({ version, template }) => viewOf(version, template, uses.get(version.contentSid ?? '') ?? []));
}

export async function viewVersion(tx: Tx, ctx: Context, version: VersionRow, template: TemplateRow): Promise<VersionView> {
  return (await viewVersions(tx, ctx, [{ version, template }]))[0]!;
}

function viewOf(version: VersionRow, { name }: TemplateRow, uses: Use[]): VersionView {
  return {
    ...summaryOf(version), templateId: version.templateId, name, externalName: version.externalName, content: version.content, variables: version.variables, positions: positionsIn(version),
    rejection: rejectionOf(version, name), statusSource: version.statusSource, isSynced: version.isSynced, replaces: version.replaces, revision: version.revision, nextCheckAt: version.nextCheckAt?.toISOString() ?? null,
    createdAt: version.createdAt.toISOString(), usedBy: uses.map(({ id, name: broadcast, status }) => ({ id, name: broadcast, status })),
  };
}

/** Meta's refusal in plain words. A version that is gone was not refused. */
const rejectionOf = ({ status, rejectionReason, language, category, content, variables }: VersionRow, name: string) =>
  (status === 'rejected' && rejectionReason !== null ? explainRejection(rejectionReason, { name, language, category, content, variables }) : null);

/** What a list needs of a row: not its words, which are most of it. */
const { id, templateId, language, number, status, category, grantedCategory, contentSid, rejectionReason, submittedAt, decidedAt, checkedAt, updatedAt } = templateVersions;
export const summaryColumns = { id, templateId, language, number, status, category, grantedCategory, contentSid, rejectionReason, submittedAt, decidedAt, checkedAt, updatedAt };
export type SummaryRow = Pick<VersionRow, keyof typeof summaryColumns>;

/** A version in a list. A draft has not been submitted, also while it is on its way. */
export const summaryOf = (version: SummaryRow): VersionSummary => ({
  id: version.id, language: version.language, number: version.number, status: version.status, category: version.category, grantedCategory: version.grantedCategory,
  contentSid: version.contentSid, rejectionReason: version.rejectionReason, submittedAt: version.status === 'draft' ? null : version.submittedAt?.toISOString() ?? null,
  decidedAt: version.decidedAt?.toISOString() ?? null, checkedAt: version.checkedAt?.toISOString() ?? null, updatedAt: version.updatedAt.toISOString(),
});

/** The median of what this organisation waited from submit to decision, by category. */
export async function usualSeconds(tx: Tx, ctx: Context): Promise<Record<TemplateCategory, number | null>> {
  const found = await rows<{ category: TemplateCategory; seconds: number }>(tx, sql`
    select category, percentile_cont(0.5) within group (order by extract(epoch from decided_at - submitted_at))::float8 as seconds
    from template_version where organization_id = ${ctx.organizationId} and decided_at is not null and submitted_at is not null and not is_synced group by 1`);
  const known = new Map(found.map(({ category, seconds }) => [category, Math.max(0, Math.round(seconds))]));
  return Object.fromEntries(templateCategories.map((category) => [category, known.get(category) ?? null])) as Record<TemplateCategory, number | null>; // one entry per category
}
