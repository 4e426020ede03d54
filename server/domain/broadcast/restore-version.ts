import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { findVersion } from '#server/domain/broadcast/read-version.ts';
import { lockBroadcast, requireStatus } from '#server/domain/broadcast/row.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { DraftSnapshot, VersionInput } from '#server/domain/review/schema.ts';
import { changeDraft } from '#server/domain/broadcast/update.ts';

/**
 * Makes a draft what it was. It is a new version on top: what stood last stays in the history. Lists and filters that were deleted meanwhile are
 * left out.
 * @throws Problem not_found, invalid_state for anything but a draft
 */
export async function restoreVersion(ctx: Context, input: VersionInput): Promise<BroadcastView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const before = await lockBroadcast(tx, ctx, input.id);
    requireStatus(before, ['draft'], 'restoring a version');
    const { draft } = await findVersion(tx, ctx, input);
    const { name, selectedNumbers, ...rest } = await withoutTheDeleted(tx, ctx, draft);
    const numbers = draft.recipientMethod === 'numbers' ? { selectedNumbers } : {};
    return changeDraft(tx, ctx, before, { id: input.id, broadcastName: name, ...rest, ...numbers }, { isApart: true });
  });
}

async function withoutTheDeleted(tx: Tx, ctx: Context, draft: DraftSnapshot): Promise<DraftSnapshot> {
  const slugs = new Set((await rows<{ slug: string }>(tx, sql`select slug from list where organization_id = ${ctx.organizationId}`)).map(({ slug }) => slug));
  const filters = new Set((await rows<{ id: string }>(tx, sql`select id from saved_filter where organization_id = ${ctx.organizationId}`)).map(({ id }) => id));
  const present = (id: string | null) => (id !== null && filters.has(id) ? id : null);
  return {
    ...draft, selectedLists: draft.selectedLists.filter((slug) => slugs.has(slug)), excludedLists: draft.excludedLists.filter((slug) => slugs.has(slug)),
    selectedFilter: present(draft.selectedFilter), excludedFilter: present(draft.excludedFilter),
  };
}
