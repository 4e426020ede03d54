import { and, eq, isNull } from 'drizzle-orm';
import { templates, templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { pinnedTemplate } from '#server/domain/broadcast/pinned-template.ts';
import type { PinnedInput, PinnedView } from '#server/domain/template/schema.ts';

/** What a broadcast's SID names, as it stands now and with numbers as Meta knows it. Null: nothing here. */
export async function readPinned(ctx: Context, { contentSid }: PinnedInput): Promise<PinnedView | null> {
  const [found] = await ctx.transaction((tx) => tx.select({ version: templateVersions, name: templates.name }).from(templateVersions)
    .innerJoin(templates, and(eq(templates.organizationId, templateVersions.organizationId), eq(templates.id, templateVersions.templateId)))
    .where(and(eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.contentSid, contentSid), isNull(templateVersions.deletedAt))));
  if (!found) return null;
  const { id, templateId, number, language, status, category, grantedCategory, content, variables, positions, isSynced } = found.version;
  const pinned = pinnedTemplate({ id, contentSid, name: found.name, language, status, category: grantedCategory ?? category, content, variables, positions, isSynced });
  return pinned && { ...pinned, id, templateId, number };
}
