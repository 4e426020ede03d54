import { and, eq, inArray, sql } from 'drizzle-orm';
import { rows } from '#db/index.ts';
import { broadcasts } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { approvalHash, differences } from '#server/domain/broadcast/approval-hash.ts';
import { approvalRows, mayDecide, type ApprovalRow } from '#server/domain/broadcast/approval.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { PendingApproval } from '#server/domain/review/schema.ts';

const MOST = 20;

/** Drafts that wait for a second person's word, those that waited longest first. One that was changed since is left out: it must be asked for anew. */
export async function listApprovals(ctx: Context): Promise<PendingApproval[]> {
  return ctx.transaction(async (tx) => {
    const found = await rows<ApprovalRow>(tx, sql`
      ${approvalRows(ctx, '0')} and a.decision is null
      and exists (select 1 from broadcast b where b.organization_id = a.organization_id and b.id = a.broadcast_id and b.status = 'draft')
      and not exists (select 1 from broadcast_approval later where later.organization_id = a.organization_id and later.broadcast_id = a.broadcast_id and later.requested_at > a.requested_at)
      order by a.requested_at limit ${MOST}`);
    const drafts: BroadcastRow[] = found.length === 0 ? [] : await tx.select().from(broadcasts)
      .where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.status, 'draft'), inArray(broadcasts.id, found.map((row) => row.broadcast_id))));
    const pending: PendingApproval[] = [];
    for (const row of found) {
      const { id, recipients, amount, currency, requester, requested_at, requested_by } = row;
      const draft = drafts.find((each) => each.id === row.broadcast_id);
      if (!draft || differences(row.hash, await approvalHash(tx, ctx, draft, { recipients, amount, currency })).length > 0) continue;
      pending.push({ id, broadcastId: draft.id, broadcastName: draft.name, recipients, amount, currency, requestedBy: requester, requestedAt: new Date(requested_at).toISOString(), mayDecide: mayDecide(ctx, requested_by) });
    }
    return pending;
  });
}
