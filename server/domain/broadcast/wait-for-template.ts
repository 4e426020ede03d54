import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcasts, templateVersions } from '#db/schema/index.ts';
import type { Draft } from '#server/channels/index.ts';
import type { TemplateStatus } from '#server/channels/whatsapp/template.ts';
import type { Context } from '#server/context.ts';
import { enqueue } from '#server/queue.ts';

const TEMPLATE = 'template';
type Version = Pick<typeof templateVersions.$inferSelect, 'contentSid' | 'externalName' | 'language' | 'status' | 'rejectionReason'>;

/**
 * P6: a version that is not approved any more stops what pins it. A broadcast on its way pauses (each intent transaction reads the state); a scheduled
 * one keeps its booking and starts late. Both say why, and go on by themselves.
 */
export async function holdForTemplate(tx: Tx, ctx: Context, version: Version): Promise<void> {
  if (version.contentSid === null) return;
  const waits = { waitsFor: TEMPLATE, statusReason: reasonOf(version), updatedAt: ctx.now() };
  const held = await tx.update(broadcasts).set({ ...waits, status: 'paused', pausedBy: null }).where(pinning(ctx, version.contentSid, ['sending'])).returning({ purpose: broadcasts.purpose, paceId: broadcasts.paceId });
  // An answer does not wait: the dispatcher ends it.
  for (const paceId of new Set(held.filter(({ purpose }) => purpose === 'reply').map((answer) => answer.paceId))) if (paceId) await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId });
  await tx.update(broadcasts).set(waits).where(pinning(ctx, version.contentSid, ['scheduled']));
}

/** I21: of the broadcasts of a claim those whose template may be sent at this moment. The others wait, should nobody have told them before. */
export async function holdWithoutApproval<T extends Pick<Draft, 'templateSid' | 'template'>>(tx: Tx, ctx: Context, broadcasts: T[]): Promise<T[]> {
  const allowed: T[] = [];
  for (const broadcast of broadcasts) {
    const { templateSid, template } = broadcast;
    if (!templateSid || template?.status === 'approved' || (template && await isApprovedByNow(tx, ctx, templateSid))) { allowed.push(broadcast); continue; }
    await holdForTemplate(tx, ctx, { contentSid: templateSid, externalName: template?.name ?? null, language: template?.language ?? templateSid, status: template?.status ?? 'disabled', rejectionReason: null });
  }
  return allowed;
}

/** Asked with the row locked: an approval that came since the claim began found nobody waiting, and would end no wait. One that comes later finds us. */
async function isApprovedByNow(tx: Tx, ctx: Context, contentSid: string): Promise<boolean> {
  const [version] = await tx.select({ status: templateVersions.status }).from(templateVersions)
    .where(and(eq(templateVersions.organizationId, ctx.organizationId), eq(templateVersions.contentSid, contentSid), isNull(templateVersions.deletedAt))).for('share');
  return version?.status === 'approved';
}

/** Approved again: what waited for it goes on. What a person had paused stays paused. */
export async function releaseForTemplate(tx: Tx, ctx: Context, version: Version): Promise<void> {
  if (version.contentSid === null) return;
  const goesOn = { waitsFor: null, statusReason: null, updatedAt: ctx.now() };
  const waiting = (status: Status) => and(pinning(ctx, version.contentSid!, [status]), eq(broadcasts.waitsFor, TEMPLATE));
  const resumed = await tx.update(broadcasts).set({ ...goesOn, status: 'sending' }).where(waiting('paused')).returning({ paceId: broadcasts.paceId });
  for (const paceId of new Set(resumed.map((broadcast) => broadcast.paceId))) if (paceId) await enqueue(tx, 'dispatch-sender', { organizationId: ctx.organizationId, paceId });
  const booked = await tx.update(broadcasts).set(goesOn).where(waiting('scheduled')).returning({ id: broadcasts.id, scheduledAt: broadcasts.scheduledAt });
  for (const { id, scheduledAt } of booked) if (scheduledAt) await enqueue(tx, 'start-broadcast', { organizationId: ctx.organizationId, broadcastId: id }, { runAt: scheduledAt });
}

type Status = (typeof broadcasts.$inferSelect)['status'];
const pinning = (ctx: Context, contentSid: string, statuses: Status[]) =>
  and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.templateSid, contentSid), inArray(broadcasts.status, statuses));

const states: Partial<Record<TemplateStatus, string>> = {
  paused: 'is paused by Meta because of its quality; that lasts some hours', disabled: 'is disabled', rejected: 'was rejected by Meta', pending: 'is being reviewed by Meta', received: 'is being reviewed by Meta',
};

const reasonOf = ({ externalName, language, status, rejectionReason }: Version) =>
  `Waits for its template: ${externalName ?? 'it'} (${language}) ${states[status] ?? `is ${status}`}${rejectionReason ? `. Meta says: ${rejectionReason}` : ''}. It goes on by itself when the template is approved again.`;
