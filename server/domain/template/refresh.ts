import { requireRole, type Context } from '#server/context.ts';
import { answered, contentClient } from '#server/domain/template/keys.ts';
import { recordApproval } from '#server/domain/template/read-account.ts';
import { confirmTemplates } from '#server/domain/template/record-status.ts';
import { findVersion, lockVersion } from '#server/domain/template/row.ts';
import type { VersionInput, VersionView } from '#server/domain/template/schema.ts';
import { viewVersion } from '#server/domain/template/view.ts';
import { Problem } from '#server/errors.ts';
import { fetchApproval } from '#server/twilio/content.ts';

/** "Check now": reads the approval of one version at Twilio. @throws Problem invalid_state for a draft that was never submitted, twilio_failed */
export async function refreshTemplate(ctx: Context, { id }: VersionInput): Promise<VersionView> {
  requireRole(ctx, 'marketer');
  const { version: known } = await ctx.transaction((tx) => findVersion(tx, ctx, id));
  if (known.contentSid === null) throw new Problem('invalid_state', 'This draft was not submitted yet, so there is nothing to check. Submit it first.');
  const at = ctx.now();
  const read = await fetchApproval(await contentClient(ctx), known.contentSid);
  const approval = !read.ok && read.status === 404 ? 'gone' as const : answered(read, 'The status was not read');
  return ctx.transaction(async (tx) => {
    const { version, template } = await lockVersion(tx, ctx, id);
    if (version.contentSid === known.contentSid && !(await recordApproval(tx, ctx, version, approval, 'poll', at)) && version.status !== 'draft') await confirmTemplates(tx, ctx, [version], at);
    return viewVersion(tx, ctx, (await findVersion(tx, ctx, id)).version, template);
  });
}
