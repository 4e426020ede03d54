import { and, eq, ne } from 'drizzle-orm';
import type * as z from 'zod';
import type { Tx } from '#db/index.ts';
import { templates, templateVersions } from '#db/schema/index.ts';
import { toNamed } from '#server/channels/whatsapp/mapping.ts';
import { requireRole, type Context } from '#server/context.ts';
import { insertDraft, touchFamily, withParts } from '#server/domain/template/draft.ts';
import { lockVersion, newestVersion, requireAtRest, whereVersion, type OneVersion, type TemplateRow, type VersionRow } from '#server/domain/template/row.ts';
import { updateTemplateInput, type UpdateTemplateInput, type VersionView } from '#server/domain/template/schema.ts';
import { viewVersion } from '#server/domain/template/view.ts';
import { invalidField, Problem } from '#server/errors.ts';

type Changes = z.output<typeof updateTemplateInput>;

/**
 * Changes a draft; what is left out stays. P79: a version that was submitted never changes: it gets a draft that follows it, and that one is answered.
 * @throws Problem version_conflict when somebody saved meanwhile, invalid_state while it is being submitted or another draft follows it already
 */
export async function updateTemplate(ctx: Context, given: UpdateTemplateInput): Promise<VersionView> {
  requireRole(ctx, 'marketer');
  const changes = updateTemplateInput.parse(given);
  return ctx.transaction(async (tx) => {
    const one = await lockVersion(tx, ctx, changes.id);
    requireRevision(one.version, changes.revision);
    requireAtRest(ctx, one.version);
    await touchFamily(tx, ctx, one.template.id);
    const template = await renamed(tx, ctx, one.template, changes.name);
    const version = one.version.status === 'draft' ? await changeDraft(tx, ctx, one.version, changes) : await follow(tx, ctx, one, changes);
    return viewVersion(tx, ctx, version, template);
  });
}

function requireRevision({ revision }: VersionRow, seen: number | undefined) {
  if (seen === undefined || seen === revision) return;
  throw new Problem('version_conflict', 'Somebody else changed this template meanwhile. Look at their version, then save yours again or keep theirs.', { data: { revision } });
}

/** The name is the family's. Once one of its versions was submitted, Meta knows it by that name. */
async function renamed(tx: Tx, ctx: Context, template: TemplateRow, name: string | undefined): Promise<TemplateRow> {
  if (name === undefined || name === template.name) return template;
  const inFamily = and(eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.templateId, template.id));
  const [known] = await tx.select({ id: templateVersions.id }).from(templateVersions).where(and(inFamily, ne(templateVersions.status, 'draft'))).limit(1);
  if (known) throw invalidField('name', `Meta knows this template as ${template.name}; a name cannot change after the first submit. Duplicate it under another name.`, 'submitted');
  const [taken] = await tx.select({ id: templates.id }).from(templates).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.name, name), ne(templates.id, template.id)));
  if (taken) throw new Problem('already_exists', `There is a template ${name} already. Choose another name.`, { data: { templateId: taken.id } });
  const [after] = await tx.update(templates).set({ name }).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.id, template.id))).returning();
  return after!;
}

async function changeDraft(tx: Tx, ctx: Context, version: VersionRow, { category, content, variables }: Changes): Promise<VersionRow> {
  const [after] = await tx.update(templateVersions).set({
    category, content: content && withParts(version.content, content), variables, revision: version.revision + 1, updatedAt: ctx.now(),
  }).where(whereVersion(ctx, version.id)).returning();
  return after!;
}

/** The draft that follows a submitted version. One that is there already is answered when nothing was to change, and never overwritten. */
async function follow(tx: Tx, ctx: Context, { version, template }: OneVersion, { category, content, variables }: Changes): Promise<VersionRow> {
  const newest = await newestVersion(tx, ctx, template.id, version.language);
  if (newest?.status === 'draft') {
    if (!category && !content && !variables) return newest;
    throw new Problem('invalid_state', `Version ${newest.number} is a draft that follows this one. Change that draft, or delete it first.`, { data: { versionId: newest.id } });
  }
  return insertDraft(tx, ctx, template, {
    language: version.language, category: category ?? version.category, content: withParts(toNamed(version.content, version.isSynced ? version.positions : []), content),
    variables: variables ?? version.variables, replaces: version.id,
  });
}
