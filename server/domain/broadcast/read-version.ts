import { eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastVersions, users } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import { draftSnapshot, type VersionDetail, type VersionInput } from '#server/domain/review/schema.ts';
import { latestVersion, whereVersion, type KeptVersion } from '#server/domain/broadcast/version.ts';
import { notFound } from '#server/errors.ts';

/** A draft as it stood. @throws Problem not_found also when its row was taken over by a later change of the same person */
export async function readVersion(ctx: Context, input: VersionInput): Promise<VersionDetail> {
  return ctx.transaction((tx) => findVersion(tx, ctx, input));
}

/** The same within a transaction that is already open. */
export async function findVersion(tx: Tx, ctx: Context, { id, version }: VersionInput): Promise<VersionDetail> {
  const [found] = await tx.select({ row: broadcastVersions, savedBy: users.name }).from(broadcastVersions)
    .leftJoin(users, eq(users.id, broadcastVersions.savedBy)).where(whereVersion(ctx, id, version));
  if (!found) throw notFound('version');
  const { row, savedBy } = found;
  const latest = await latestVersion(tx, ctx, id);
  const { draft } = row.snapshot as KeptVersion; // written by keepVersion only
  return { version, name: row.name, savedBy, savedAt: row.savedAt.toISOString(), isCurrent: latest?.version === version, draft: draftSnapshot.parse(draft) };
}
