import { sql } from 'drizzle-orm';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { lockBroadcast, requireNoAnswer } from '#server/domain/broadcast/row.ts';
import type { BroadcastInput, BroadcastView } from '#server/domain/broadcast/schema.ts';
import { keepVersion } from '#server/domain/broadcast/version.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';

/** A new draft with the same text, sender, audience and rules. */
export async function duplicateBroadcast(ctx: Context, { id }: BroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const original = await lockBroadcast(tx, ctx, id);
    requireNoAnswer(original);
    const [copy] = await tx.insert(broadcasts).values({
      organizationId: ctx.organizationId, name: `Copy of ${original.name}`.slice(0, 200), channel: original.channel, content: original.content, mediaUrls: original.mediaUrls,
      templateSid: original.templateSid, templateVariables: original.templateVariables, senderPhone: original.senderPhone,
      recipientMethod: original.recipientMethod, savedFilterId: original.savedFilterId, excludedFilterId: original.excludedFilterId, recipientCeiling: original.recipientCeiling,
      missingValues: original.missingValues, optOutLine: original.optOutLine, ignoresQuietHours: original.ignoresQuietHours, stageSize: original.stageSize,
      budget: original.budget, createdBy: userId(ctx),
    }).returning();
    await tx.execute(sql`insert into broadcast_list (organization_id, broadcast_id, list_id, position, is_excluded)
      select organization_id, ${copy!.id}, list_id, position, is_excluded from broadcast_list where organization_id = ${ctx.organizationId} and broadcast_id = ${id}`);
    if (original.recipientMethod === 'numbers') await tx.execute(sql`insert into broadcast_contact (organization_id, broadcast_id, contact_id)
      select organization_id, ${copy!.id}, contact_id from broadcast_contact where organization_id = ${ctx.organizationId} and broadcast_id = ${id}`);
    const view = await viewBroadcast(tx, ctx, copy!);
    await keepVersion(tx, ctx, view);
    return view;
  });
}
