import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templates } from '#db/schema/index.ts';
import { toNamed } from '#server/channels/whatsapp/mapping.ts';
import { requireRole, type Context } from '#server/context.ts';
import { alreadyExists } from '#server/domain/template/create.ts';
import { familyNamed, insertDraft } from '#server/domain/template/draft.ts';
import { findVersion, newestVersion } from '#server/domain/template/row.ts';
import { duplicateTemplateInput, type DuplicateTemplateInput, type VersionView } from '#server/domain/template/schema.ts';
import { viewVersion } from '#server/domain/template/view.ts';

/** The same text again: as a new language of the family, or under another name. Without either it is a copy with a name of its own. @throws Problem already_exists */
export async function duplicateTemplate(ctx: Context, given: DuplicateTemplateInput): Promise<VersionView> {
  requireRole(ctx, 'marketer');
  const input = duplicateTemplateInput.parse(given);
  return ctx.transaction(async (tx) => {
    const { version, template: original } = await findVersion(tx, ctx, input.id);
    const language = input.language ?? version.language;
    const template = await familyNamed(tx, ctx, input.name ?? (input.language ? original.name : await freeName(tx, ctx, original.name)));
    const existing = await newestVersion(tx, ctx, template.id, language);
    if (existing) throw alreadyExists(template.name, language, existing.id);
    const copy = await insertDraft(tx, ctx, template, { language, category: version.category, content: toNamed(version.content, version.isSynced ? version.positions : []), variables: version.variables });
    return viewVersion(tx, ctx, copy, template);
  });
}

/** order_shipped_copy, order_shipped_copy2, … */
async function freeName(tx: Tx, ctx: Context, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = `${name.slice(0, 500)}_copy${n === 1 ? '' : n}`;
    const [taken] = await tx.select({ id: templates.id }).from(templates).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.name, candidate)));
    if (!taken) return candidate;
  }
}
