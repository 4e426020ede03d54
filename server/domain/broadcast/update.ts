import type { Tx } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { senderOf } from '#server/domain/broadcast/check-content.ts';
import { chooseLists } from '#server/domain/broadcast/choose-lists.ts';
import { chooseNumbers } from '#server/domain/broadcast/choose-numbers.ts';
import { lockBroadcast, requireStatus, whereBroadcast, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import { ruleColumns } from '#server/domain/broadcast/rules.ts';
import { updateBroadcastInput, type BroadcastView, type UpdateBroadcastInput } from '#server/domain/broadcast/schema.ts';
import { keepFirstVersion, keepVersion } from '#server/domain/broadcast/version.ts';
import { viewBroadcast } from '#server/domain/broadcast/view.ts';
import { Problem } from '#server/errors.ts';

/** Changes a draft; what is left out stays. @throws Problem invalid_state for anything but a draft, version_conflict when somebody saved meanwhile. */
export async function updateBroadcast(ctx: Context, given: UpdateBroadcastInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  const input = updateBroadcastInput.parse(given);
  return ctx.transaction(async (tx) => {
    const before = await lockBroadcast(tx, ctx, input.id);
    requireStatus(before, ['draft'], 'changing it');
    requireVersion(before, input.version);
    return changeDraft(tx, ctx, before, input);
  });
}

/** The change itself, in the caller's transaction and with the row locked; the history keeps it. */
export async function changeDraft(tx: Tx, ctx: Context, before: BroadcastRow, input: UpdateBroadcastInput, options: { isApart?: boolean } = {}): Promise<BroadcastView> {
  await keepFirstVersion(tx, ctx, before.id, () => viewBroadcast(tx, ctx, before));
  const [after] = await tx.update(broadcasts).set({
    ...(await ruleColumns(tx, ctx, input)), name: input.broadcastName, content: input.content, mediaUrls: input.mediaUrls, templateSid: input.templateSid, templateVariables: input.templateVariables,
    senderPhone: input.senderPhone === undefined ? undefined : senderOf(before.channel, input.senderPhone),
    recipientMethod: input.recipientMethod, version: before.version + 1, updatedAt: ctx.now(),
  }).where(whereBroadcast(ctx, input.id)).returning();
  await chooseLists(tx, ctx, input.id, { selected: input.selectedLists, excluded: input.excludedLists });
  if (input.selectedNumbers) await chooseNumbers(tx, ctx, input.id, input.selectedNumbers);
  const view = await viewBroadcast(tx, ctx, after!);
  await keepVersion(tx, ctx, view, options);
  return view;
}

function requireVersion(broadcast: BroadcastRow, seen: number | undefined) {
  if (seen === undefined || seen === broadcast.version) return;
  throw new Problem('version_conflict', 'Somebody else changed this broadcast meanwhile. Look at their version, then save yours again or keep theirs.', { data: { version: broadcast.version } });
}
