import { and, count, eq, gt, isNull } from 'drizzle-orm';
import { broadcasts, reportShares } from '#db/schema/index.ts';
import { requireRole, userId, type Context } from '#server/context.ts';
import { hashOfToken } from '#server/domain/report-share/token.ts';
import type { CreateShareInput, NewShare } from '#server/domain/report-share/schema.ts';
import { viewShare } from '#server/domain/report-share/view.ts';
import { notFound, Problem } from '#server/errors.ts';

const DAY = 86_400_000; // ms
/** More links to one report than anybody keeps an eye on. */
const MOST = 20;

/**
 * Makes a link that shows a report to whoever has it. The answer is the only place where the link stands.
 * @throws Problem not_found · invalid_state before the broadcast began, and when it has too many links
 */
export async function createShare(ctx: Context, { broadcastId, days, showsCost }: CreateShareInput): Promise<NewShare> {
  requireRole(ctx, 'marketer');
  const token = ctx.randomToken();
  const createdAt = ctx.now();
  return ctx.transaction(async (tx) => {
    const [broadcast] = await tx.select({ startedAt: broadcasts.startedAt }).from(broadcasts).where(and(eq(broadcasts.organizationId, ctx.organizationId), eq(broadcasts.id, broadcastId), eq(broadcasts.purpose, 'broadcast'))).for('update');
    if (!broadcast) throw notFound('broadcast');
    if (!broadcast.startedAt) throw new Problem('invalid_state', 'This broadcast has no report yet. Share it once it has begun.');
    const [open] = await tx.select({ shares: count() }).from(reportShares)
      .where(and(eq(reportShares.organizationId, ctx.organizationId), eq(reportShares.broadcastId, broadcastId), isNull(reportShares.revokedAt), gt(reportShares.expiresAt, createdAt)));
    if (open!.shares >= MOST) throw new Problem('invalid_state', `This report has ${MOST} links, which is the most. Revoke one first.`);
    const [row] = await tx.insert(reportShares).values({
      organizationId: ctx.organizationId, broadcastId, tokenHash: hashOfToken(token)!, showsCost, createdBy: userId(ctx), createdAt, expiresAt: new Date(createdAt.getTime() + days * DAY),
    }).returning();
    return { ...await viewShare(tx, row!), path: `/r/${token}` };
  });
}
