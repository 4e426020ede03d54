import { sql } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { templateEvents, templateVersions } from '#db/schema/index.ts';
import { templateCategories, type TemplateCategory, type TemplateStatus } from '#server/channels/whatsapp/template.ts';
import type { Context } from '#server/context.ts';
import { holdForTemplate, releaseForTemplate } from '#server/domain/broadcast/wait-for-template.ts';
import { touchFamily } from '#server/domain/template/draft.ts';
import { nextCheck } from '#server/domain/template/next-check.ts';
import { categoryOf, whereVersion, type VersionRow } from '#server/domain/template/row.ts';

/** What was heard about a version, and the moment for which it is true. `reason`: Meta's words; null: none were given. */
export type StatusFact = { status: TemplateStatus; category: TemplateCategory | null; reason: string | null; source: 'submit' | 'poll' | 'event' | 'sync'; at: Date };

/** Meta's and Twilio's words as our states; a word that is not here says nothing. */
const words = new Map<string, TemplateStatus>([
  ['received', 'received'], ['submitted', 'received'], ['pending', 'pending'], ['in_appeal', 'pending'], ['approved', 'approved'], ['rejected', 'rejected'], ['limit_exceeded', 'rejected'],
  ['paused', 'paused'], ['disabled', 'disabled'], ['archived', 'disabled'], ['deleted', 'disabled'], ['pending_deletion', 'disabled'],
]);
export const statusOf = (word: string): TemplateStatus | null => words.get(word.toLowerCase()) ?? null;
export const readCategory = (word: string): TemplateCategory | null => templateCategories.find((category) => category === word.toLowerCase()) ?? null;

/**
 * The one way in which a new state enters, whoever told it; the row is locked by the caller. Facts may come in any order: one that is older than what
 * is known changes nothing, and asks for a read instead, because clocks differ. Broadcasts that pin the version wait, or go on.
 */
export async function recordTemplateStatus(tx: Tx, ctx: Context, version: VersionRow, fact: StatusFact): Promise<VersionRow> {
  // Nothing is known of the future: the clock of the sender is ahead, and its times say nothing about the order in which things come.
  const isAhead = fact.at > ctx.now();
  const at = isAhead ? ctx.now() : fact.at;
  const isOld = (version.checkedAt !== null && at < version.checkedAt) || (fact.source === 'event' && isUndecided(fact.status) && !isUndecided(version.status));
  if (isOld) return fact.source === 'event' ? checkNow(tx, ctx, version) : version;
  const granted = fact.category === null ? version.grantedCategory : fact.category === version.category ? null : fact.category;
  const isDecision = version.decidedAt === null && (fact.status === 'approved' || fact.status === 'rejected');
  const isChanged = isNew(version) || fact.status !== version.status || granted !== version.grantedCategory || (fact.reason !== null && fact.reason !== version.rejectionReason);
  const reason = fact.status === 'approved' ? null : fact.reason ?? (fact.status === version.status ? version.rejectionReason : null);
  const [after] = await tx.update(templateVersions).set({
    status: fact.status, grantedCategory: granted, rejectionReason: reason, checkedAt: at, deletedAt: null,
    ...(version.status === 'draft' && { submittedAt: version.submittedAt ?? at }),
    ...(isChanged && { statusSource: fact.source, updatedAt: ctx.now() }), ...(isDecision && { decidedAt: at }),
    nextCheckAt: isAhead ? ctx.now() : nextCheck(ctx, { ...version, status: fact.status, rejectionReason: reason }),
  }).where(whereVersion(ctx, version.id)).returning();
  await keepHistory(tx, ctx, version, after!, fact.source, at);
  if (isChanged) await touchFamily(tx, ctx, version.templateId);
  if (after!.status === 'approved' && (version.status !== 'approved' || isNew(version))) await releaseForTemplate(tx, ctx, after!);
  if (after!.status !== 'approved' && version.status === 'approved') await holdForTemplate(tx, ctx, after!);
  return after!;
}

/** Before a decision. Nothing that was decided comes back to here by a push; should Meta look again, a read tells. */
const isUndecided = (status: TemplateStatus) => status === 'draft' || status === 'received' || status === 'pending';

/** It was found in the account, and this is the first that is known of it. */
const isNew = ({ isSynced, checkedAt }: VersionRow) => isSynced && checkedAt === null;

async function checkNow(tx: Tx, ctx: Context, version: VersionRow): Promise<VersionRow> {
  const [after] = await tx.update(templateVersions).set({ nextCheckAt: ctx.now() }).where(whereVersion(ctx, version.id)).returning();
  return after!;
}

/** A row per change. A refusal whose reason becomes known later has a second one. */
async function keepHistory(tx: Tx, ctx: Context, before: VersionRow, after: VersionRow, source: StatusFact['source'], at: Date) {
  const common = { organizationId: ctx.organizationId, versionId: after.id, source: source === 'submit' ? 'here' : source, at };
  const events: Array<typeof templateEvents.$inferInsert> = [];
  if (!isNew(before) && categoryOf(after) !== categoryOf(before)) events.push({ ...common, kind: 'category', before: categoryOf(before), after: categoryOf(after) });
  const isReasonNew = after.rejectionReason !== null && after.rejectionReason !== before.rejectionReason;
  if (isNew(before) || after.status !== before.status || isReasonNew) events.push({ ...common, kind: 'status', before: isNew(before) ? null : before.status, after: after.status, reason: after.rejectionReason });
  if (events.length > 0) await tx.insert(templateEvents).values(events);
}

/** A version that is as it was known to be: only the moment is new. Many at once. */
export async function confirmTemplates(tx: Tx, ctx: Context, versions: VersionRow[], at: Date): Promise<void> {
  if (versions.length === 0) return;
  const seen = versions.map((version) => ({ id: version.id, next: nextCheck(ctx, version)?.toISOString() ?? null }));
  await tx.execute(sql`
    update template_version v set checked_at = greatest(v.checked_at, ${at.toISOString()}::timestamptz), next_check_at = s.next
    from json_to_recordset(${JSON.stringify(seen)}::json) as s(id uuid, next timestamptz) where v.organization_id = ${ctx.organizationId} and v.id = s.id`);
}
