import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { reportShares } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { ListSharesInput, ShareView } from '#server/domain/report-share/schema.ts';
import { viewShare } from '#server/domain/report-share/view.ts';

/** The links to a report that still work, newest first; without their addresses, of which only hashes are kept. */
export async function listShares(ctx: Context, { broadcastId }: ListSharesInput): Promise<ShareView[]> {
  return ctx.transaction(async (tx) => {
    const found = await tx.select().from(reportShares)
      .where(and(eq(reportShares.organizationId, ctx.organizationId), eq(reportShares.broadcastId, broadcastId), isNull(reportShares.revokedAt), gt(reportShares.expiresAt, ctx.now())))
      .orderBy(desc(reportShares.createdAt), desc(reportShares.id));
    const views: ShareView[] = [];
    for (const row of found) views.push(await viewShare(tx, row));
    return views;
  });
}
