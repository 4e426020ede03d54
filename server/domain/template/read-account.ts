import { and, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templateVersions } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { confirmTemplates, readCategory, recordTemplateStatus, statusOf, type StatusFact } from '#server/domain/template/record-status.ts';
import { categoryOf, isBeingSubmitted, SUBMIT_LEASE, whereVersion, type VersionRow } from '#server/domain/template/row.ts';
import type { Approval, ContentState } from '#server/twilio/content.ts';

/** It was there, and is not any more. */
export const GONE = 'It is no longer in the Twilio account.';

/**
 * What a listing of the account says about the versions that are known here; `at`: when it was asked for. Gives how many changed. The listing is whole,
 * so a version that it does not have is gone.
 */
export async function recordListing(tx: Tx, ctx: Context, contents: ContentState[], source: StatusFact['source'], at: Date): Promise<number> {
  const known = await tx.select().from(templateVersions).where(and(eq(templateVersions.organizationId, ctx.organizationId), isNotNull(templateVersions.contentSid))).for('update');
  const bySid = new Map(contents.map((content) => [content.sid, content]));
  const same: VersionRow[] = [];
  let changed = 0;
  for (const version of known) {
    const content = bySid.get(version.contentSid!); // the condition leaves no null
    // Its deletion may be under way at Twilio. One that is there long afterwards was not deleted.
    if (version.deletedAt !== null && (!content || at.getTime() - version.deletedAt.getTime() < SUBMIT_LEASE)) continue;
    if (await recordApproval(tx, ctx, version, content ? content.approval : 'gone', source, at)) changed += 1;
    else same.push(version);
  }
  await confirmTemplates(tx, ctx, same.filter(({ status }) => status !== 'draft'), at);
  return changed;
}

/** True when it says something new. A draft is one whose submit did not come to an end: either it is at Meta, or it is free again. */
export async function recordApproval(tx: Tx, ctx: Context, version: VersionRow, approval: Approval | null | 'gone', source: StatusFact['source'], at: Date): Promise<boolean> {
  const status = approval === null ? null : approval === 'gone' ? 'disabled' as const : statusOf(approval.status);
  if (version.status === 'draft' && (status === null || approval === 'gone')) return freeDraft(tx, ctx, version, approval === 'gone');
  if (status === null || (approval === 'gone' && version.status === 'rejected')) return false;
  const category = approval === 'gone' || approval === null ? null : readCategory(approval.category);
  const reason = approval === 'gone' ? GONE : approval?.reason ?? null;
  const isSame = status === version.status && (category === null || category === categoryOf(version)) && (reason === null || reason === version.rejectionReason) && version.deletedAt === null;
  if (isSame) return false;
  await recordTemplateStatus(tx, ctx, version, { status, category, reason, source, at });
  return true;
}

/** What was made at Twilio for it and is not at Meta is taken up by the next submit, which finds it by its name. */
async function freeDraft(tx: Tx, ctx: Context, version: VersionRow, isGone: boolean): Promise<boolean> {
  if (isBeingSubmitted(ctx, version)) return false;
  await tx.update(templateVersions).set({ submittedAt: null, contentSid: null, nextCheckAt: null, ...(isGone && { externalName: null }), updatedAt: ctx.now() }).where(whereVersion(ctx, version.id));
  return true;
}
