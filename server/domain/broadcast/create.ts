import { broadcasts } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { requireSameType, senderOf } from '#server/domain/broadcast/check-content.ts';
import { chooseLists } from '#server/domain/broadcast/choose-lists.ts';
import { chooseNumbers } from '#server/domain/broadcast/choose-numbers.ts';
import { ruleColumns } from '#server/domain/broadcast/rules.ts';
import { createBroadcastInput, type BroadcastView, type CreateBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { keepVersion } from '#server/domain/broadcast/version.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';

/** P13: makes a draft; nothing is sent, and its text may still be unfinished. */
export async function createBroadcast(ctx: Context, given: CreateBroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  const input = createBroadcastInput.parse(given);
  requireSameType(input.channel, input.type);
  return ctx.transaction(async (tx) => {
    const [broadcast] = await tx.insert(broadcasts).values({
      ...(await ruleColumns(tx, ctx, input)), organizationId: ctx.organizationId, name: input.broadcastName, channel: input.channel, content: input.content, mediaUrls: input.mediaUrls,
      templateSid: input.templateSid ?? null, templateVariables: input.templateVariables ?? null,
      senderPhone: senderOf(input.channel, input.senderPhone), recipientMethod: input.recipientMethod, createdBy: userId(ctx),
    }).returning();
    await chooseLists(tx, ctx, broadcast!.id, { selected: input.selectedLists, excluded: input.excludedLists });
    if (input.selectedNumbers) await chooseNumbers(tx, ctx, broadcast!.id, input.selectedNumbers);
    const view = await viewBroadcast(tx, ctx, broadcast!);
    await keepVersion(tx, ctx, view);
    return view;
  });
}
