import { broadcastVersions } from '#db/schema/index.ts';
import { requireRole, type Context } from '#server/context.ts';
import { findVersion } from '#server/domain/broadcast/read-version.ts';
import type { NameVersionInput, VersionView } from '#server/domain/review/schema.ts';
import { whereVersion } from '#server/domain/broadcast/version.ts';

/** Names a version, which keeps it as it is: later changes get a row of their own. An empty name takes the name away. @throws Problem not_found */
export async function nameVersion(ctx: Context, { id, version, name }: NameVersionInput): Promise<VersionView> {
  requireRole(ctx, 'marketer');
  return ctx.transaction(async (tx) => {
    await tx.update(broadcastVersions).set({ name: name || null }).where(whereVersion(ctx, id, version));
    const { draft: _, ...named } = await findVersion(tx, ctx, { id, version });
    return named;
  });
}
