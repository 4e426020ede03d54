import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#db/index.ts';
import { broadcastApprovals } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { approvalHash, type Ceiling } from '#server/domain/broadcast/approval-hash.ts';
import { readApproval, type SendSize } from '#server/domain/broadcast/approval.ts';
import { lockBroadcast, requireStatus, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { ApprovalView, BroadcastInput } from '#server/domain/broadcast/schema.ts';
import { sendSize } from '#server/domain/broadcast/send-size.ts';
import { Problem } from '#server/errors.ts';

/**
 * Asks for a second person's approval of the draft as it stands. What waits or holds already stays as it is.
 * @throws Problem invalid_state when the send is not above a threshold, no_recipients
 */
export async function requestApproval(ctx: Context, { id }: BroadcastInput): Promise<ApprovalView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    const broadcast = await lockBroadcast(tx, ctx, id);
    requireStatus(broadcast, ['draft'], 'asking for an approval');
    const size = await sendSize(tx, ctx, broadcast);
    if (size.recipients === 0) throw new Problem('no_recipients', 'Nobody would get this, so there is nothing to approve. Choose recipients first.');
    const present = await readApproval(tx, ctx, broadcast, size);
    if (!present) throw new Problem('invalid_state', 'This send needs no second person. Send it.');
    if (present.state === 'pending' || present.state === 'approved') return present;
    const ceiling = await ceilingOf(tx, broadcast, size);
    await tx.insert(broadcastApprovals).values({ organizationId: ctx.organizationId, broadcastId: id, hash: await approvalHash(tx, ctx, broadcast, ceiling), ...ceiling, requestedBy: userId(ctx), requestedAt: ctx.now() });
    return (await readApproval(tx, ctx, broadcast, size))!;
  });
}

/** As many people as the draft's own ceiling allows, else as many as there are now; and the most that they may cost. */
async function ceilingOf(tx: Tx, { recipientCeiling }: BroadcastRow, { recipients, amount, high, currency }: SendSize): Promise<Ceiling> {
  const people = Math.max(recipients, recipientCeiling ?? 0);
  const [scaled] = await rows<{ amount: string }>(tx, sql`select round(${high ?? amount}::numeric * ${people} / ${recipients}, 6)::numeric(18, 6)::text as amount`);
  return { recipients: people, amount: scaled!.amount, currency };
}
