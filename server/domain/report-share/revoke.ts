import { and, eq, sql } from 'drizzle-orm';
import { reportShares } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import type { ShareInput } from '#server/domain/report-share/schema.ts';
import { notFound } from '#server/errors.ts';

/** The link shows nothing from now on; there is no way back, another can be made. @throws Problem not_found */
export async function revokeShare(ctx: Context, { id }: ShareInput): Promise<void> {
  requireRole(ctx, 'marketer');
  const revoked = await ctx.transaction((tx) => tx.update(reportShares).set({ revokedAt: sql`coalesce(${reportShares.revokedAt}, ${ctx.now().toISOString()}::timestamptz)` })
    .where(and(eq(reportShares.organizationId, ctx.organizationId), eq(reportShares.id, id))).returning({ id: reportShares.id }));
  if (revoked.length === 0) throw notFound('link');
}
