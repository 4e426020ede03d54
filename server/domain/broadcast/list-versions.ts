import { and, desc, eq } from 'drizzle-orm';
import { broadcastVersions, users } from '#db/schema/index.ts';
import { type Context } from '#server/context.ts';
import { readBroadcast } from '#server/domain/broadcast/read.ts';
import type { BroadcastInput } from '#server/domain/broadcast/schema.ts';
import type { VersionView } from '#server/domain/review/schema.ts';

const MOST = 200;

/** The history of a draft, newest first; at most 200 versions. @throws Problem not_found */
export async function listVersions(ctx: Context, { id }: BroadcastInput): Promise<VersionView[]> {
  await readBroadcast(ctx, { id });
  return ctx.transaction(async (tx) => {
    const found = await tx.select({ version: broadcastVersions.version, name: broadcastVersions.name, savedBy: users.name, savedAt: broadcastVersions.savedAt })
      .from(broadcastVersions).leftJoin(users, eq(users.id, broadcastVersions.savedBy))
      .where(and(eq(broadcastVersions.organizationId, ctx.organizationId), eq(broadcastVersions.broadcastId, id)))
      .orderBy(desc(broadcastVersions.version)).limit(MOST);
    return found.map((row, i) => ({ ...row, savedAt: row.savedAt.toISOString(), isCurrent: i === 0 }));
  });
}
