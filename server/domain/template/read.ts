import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templateEvents, templates, templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { findVersion } from '#server/domain/template/row.ts';
import type { TemplateDetail, TemplateEventView, TemplateInput, VersionInput, VersionView } from '#server/domain/template/schema.ts';
import { usualSeconds, viewVersion, viewVersions } from '#server/domain/template/view.ts';
import { notFound } from '#server/errors.ts';

/** A family whole: all versions, newest first, and its history. @throws Problem not_found, also for one without any version left */
export async function readTemplate(ctx: Context, { templateId }: TemplateInput): Promise<TemplateDetail> {
  return ctx.transaction(async (tx) => {
    const [template] = await tx.select().from(templates).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.id, templateId)));
    if (!template) throw notFound('template');
    const found = await tx.select().from(templateVersions)
      .where(and(eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.templateId, templateId), isNull(templateVersions.deletedAt)))
      .orderBy(asc(templateVersions.language), desc(templateVersions.number));
    if (found.length === 0) throw notFound('template');
    const versions = await viewVersions(tx, ctx, found.map((version) => ({ version, template })));
    return { id: template.id, name: template.name, versions, events: await readEvents(tx, ctx, templateId), usualSeconds: await usualSeconds(tx, ctx) };
  });
}

/** @throws Problem not_found, also for another organisation's */
export async function readVersion(ctx: Context, { id }: VersionInput): Promise<VersionView> {
  return ctx.transaction(async (tx) => {
    const { version, template } = await findVersion(tx, ctx, id);
    return viewVersion(tx, ctx, version, template);
  });
}

/** What happened to a family, newest first; also to versions that are gone since. */
async function readEvents(tx: Tx, ctx: Context, templateId: string): Promise<TemplateEventView[]> {
  const found = await tx.select({ event: templateEvents, language: templateVersions.language, number: templateVersions.number }).from(templateEvents)
    .innerJoin(templateVersions, and(eq(templateVersions.organizationId, templateEvents.organizationId), eq(templateVersions.id, templateEvents.versionId)))
    .where(and(eq(templateEvents.organizationId, ctx.organizationId), eq(templateVersions.templateId, templateId))).orderBy(desc(templateEvents.at), desc(templateEvents.id)).limit(500);
  return found.map(({ event, language, number }) => ({
    id: event.id, versionId: event.versionId, language, number, kind: event.kind, before: event.before, after: event.after, reason: event.reason, source: event.source, at: event.at.toISOString(),
  }));
}
