import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templateEvents, templates, templateVersions } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { touchFamily } from '#server/domain/template/draft.ts';
import { answered, contentClient } from '#server/domain/template/keys.ts';
import { lockVersion, requireAtRest, whereVersion, type VersionRow } from '#server/domain/template/row.ts';
import type { VersionInput } from '#server/domain/template/schema.ts';
import { usesOf } from '#server/domain/template/used-by.ts';
import { Problem } from '#server/errors.ts';
import { deleteContent } from '#server/twilio/content.ts';

/**
 * A draft is gone. A submitted version is deleted at Twilio, and so at Meta; its row stays hidden, because messages were sent with it and its name is not
 * free again. From the first moment on nothing can be sent with it.
 * @throws Problem invalid_state with the names of scheduled and running broadcasts that pin it, twilio_failed: then it is as it was
 */
export async function deleteTemplate(ctx: Context, { id }: VersionInput): Promise<void> {
  requireRole(ctx, 'marketer');
  const hidden = await ctx.transaction(async (tx) => {
    const { version } = await lockVersion(tx, ctx, id);
    requireAtRest(ctx, version);
    if (version.status === 'draft') return deleteDraft(tx, ctx, version);
    await requireUnused(tx, ctx, version);
    await tx.update(templateVersions).set({ deletedAt: ctx.now(), status: 'disabled', nextCheckAt: null, updatedAt: ctx.now() }).where(whereVersion(ctx, id));
    return version;
  });
  if (!hidden) return;
  try {
    answered(await deleteContent(await contentClient(ctx), hidden.contentSid!), 'The template was not deleted'); // a submitted version has its SID
  } catch (error) {
    await restore(ctx, hidden);
    throw error;
  }
  await ctx.transaction(async (tx) => {
    await tx.insert(templateEvents).values({ organizationId: ctx.organizationId, versionId: id, kind: 'deleted', before: hidden.status, after: 'deleted', source: 'here' });
    await touchFamily(tx, ctx, hidden.templateId);
  });
}

/** The family goes with its last version. */
async function deleteDraft(tx: Tx, ctx: Context, { id, templateId }: VersionRow): Promise<null> {
  await tx.delete(templateVersions).where(whereVersion(ctx, id));
  const hasNone = sql`not exists (select 1 from template_version v where v.organization_id = ${ctx.organizationId} and v.template_id = ${templateId})`;
  await tx.delete(templates).where(and(eq(templates.organizationId, ctx.organizationId), eq(templates.id, templateId), hasNone));
  return null;
}

async function requireUnused(tx: Tx, ctx: Context, { contentSid }: VersionRow) {
  const pinning = ((await usesOf(tx, ctx, [contentSid])).get(contentSid ?? '') ?? []).filter(({ status }) => status !== 'draft');
  if (pinning.length === 0) return;
  const names = pinning.slice(0, 3).map(({ name }) => `“${name}”`).join(', ');
  const more = pinning.length > 3 ? ` and ${pinning.length - 3} more` : '';
  throw new Problem('invalid_state', `${names}${more} would stop: ${pinning.length === 1 ? 'this broadcast sends' : 'these broadcasts send'} with it. Cancel ${pinning.length === 1 ? 'it' : 'them'}, or wait until ${pinning.length === 1 ? 'it is' : 'they are'} through.`, { data: { usedBy: pinning } });
}

const restore = (ctx: Context, { id, status, nextCheckAt }: VersionRow) =>
  ctx.transaction((tx) => tx.update(templateVersions).set({ deletedAt: null, status, nextCheckAt, updatedAt: ctx.now() }).where(whereVersion(ctx, id)));
