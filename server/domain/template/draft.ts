import { and, eq, sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { templates, templateVersions } from '#db/schema/index.ts';
import { emptyContent, type TemplateCategory, type TemplateContent, type TemplateVariables } from '#server/channels/whatsapp/template.ts';
import { userId, type Context } from '#server/context.ts';
import type { TemplateRow, VersionRow } from '#server/domain/template/row.ts';

type Draft = { language: string; category: TemplateCategory; content: TemplateContent; variables: TemplateVariables; replaces?: string };

/** The family of this name, made when there is none; locked, so that two new versions do not take the same number. */
export async function familyNamed(tx: Tx, ctx: Context, name: string): Promise<TemplateRow> {
  const [template] = await tx.insert(templates).values({ organizationId: ctx.organizationId, name, createdBy: userId(ctx) })
    .onConflictDoUpdate({ target: [templates.organizationId, templates.name], set: { updatedAt: ctx.now() } }).returning();
  return template!;
}

/** The same for a family that is known. */
export const touchFamily = (tx: Tx, ctx: Context, id: string) =>
  tx.update(templates).set({ updatedAt: ctx.now() }).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.id, id)));

/** A new draft of a locked family. */
export async function insertDraft(tx: Tx, ctx: Context, template: Pick<TemplateRow, 'id'>, draft: Draft): Promise<VersionRow> {
  const [version] = await tx.insert(templateVersions).values({
    ...draft, organizationId: ctx.organizationId, templateId: template.id, number: await nextNumber(tx, ctx, template.id, draft.language), createdBy: userId(ctx),
  }).returning();
  return version!;
}

/** Numbers of versions that were deleted are not given again: Meta keeps their names. */
export async function nextNumber(tx: Tx, ctx: Context, templateId: string, language: string): Promise<number> {
  const [last] = await rows<{ number: number }>(tx, sql`
    select coalesce(max(number), 0)::int as number from template_version where organization_id = ${ctx.organizationId} and template_id = ${templateId} and language = ${language}`);
  return last!.number + 1;
}

/** A content with some of its parts given anew. */
export const withParts = (content: TemplateContent | undefined, parts: Partial<TemplateContent> | undefined): TemplateContent => {
  const given = Object.fromEntries(Object.entries(parts ?? {}).filter(([, part]) => part !== undefined));
  return { ...(content ?? emptyContent(parts?.type)), ...given };
};
