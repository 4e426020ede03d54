import { requireRole, type Context } from '#server/context.ts';
import { familyNamed, insertDraft, withParts } from '#server/domain/template/draft.ts';
import { newestVersion } from '#server/domain/template/row.ts';
import { createTemplateInput, type CreateTemplateInput, type VersionView } from '#server/domain/template/schema.ts';
import { viewVersion } from '#server/domain/template/view.ts';
import { Problem } from '#server/errors.ts';

/** A family with its first draft; with the name of a family that exists, a further language of it. @throws Problem already_exists */
export async function createTemplate(ctx: Context, given: CreateTemplateInput): Promise<VersionView> {
  requireRole(ctx, 'marketer');
  const { name, language, category, content, variables } = createTemplateInput.parse(given);
  return ctx.transaction(async (tx) => {
    const template = await familyNamed(tx, ctx, name);
    const existing = await newestVersion(tx, ctx, template.id, language);
    if (existing) throw alreadyExists(name, language, existing.id);
    const version = await insertDraft(tx, ctx, template, { language, category, content: withParts(undefined, content), variables: variables ?? {} });
    return viewVersion(tx, ctx, version, template);
  });
}

/** `versionId` in the data: where to go on. */
export const alreadyExists = (name: string, language: string, versionId: string) =>
  new Problem('already_exists', `There is a template ${name} in ${language} already. Change that one, or choose another name or language.`, { data: { versionId } });
