import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '#db/index.ts';
import { broadcastVersions } from '#db/schema/index.ts';
import { userId, type Context } from '#server/context.ts';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import { draftSnapshot } from '#server/domain/review/schema.ts';

/** Changes of one person within this time are one version, in ms. */
const SITTING = 5 * 60_000;

/** How the snapshot stands in its column; `since`: when the changes that share the row began. */
export type KeptVersion = { since: string; draft: unknown };
type VersionRow = typeof broadcastVersions.$inferSelect;

/**
 * Keeps how a draft stands after a change. It takes the place of the person's own row of the last minutes, unless that one has a name or `isApart`
 * asks for a row of its own.
 */
export async function keepVersion(tx: Tx, ctx: Context, broadcast: BroadcastView, { isApart = false } = {}): Promise<void> {
  const latest = await latestVersion(tx, ctx, broadcast.id);
  const now = ctx.now();
  const shares = !isApart && latest !== undefined && latest.name === null && latest.savedBy === userId(ctx) && now.getTime() - Date.parse(sinceOf(latest)) < SITTING;
  const kept = { savedBy: userId(ctx), savedAt: now, version: broadcast.version, snapshot: { since: shares ? sinceOf(latest) : now.toISOString(), draft: draftSnapshot.parse(broadcast) } };
  if (shares) await tx.update(broadcastVersions).set(kept).where(whereVersion(ctx, broadcast.id, latest.version));
  else await tx.insert(broadcastVersions).values({ organizationId: ctx.organizationId, broadcastId: broadcast.id, ...kept }).onConflictDoNothing();
}

/** A draft without a history (made by a seed or an earlier release) gets its first row before its first change, so that nothing is lost. */
export async function keepFirstVersion(tx: Tx, ctx: Context, id: string, view: () => Promise<BroadcastView>): Promise<void> {
  if (await latestVersion(tx, ctx, id)) return;
  const { createdAt, updatedAt, version, ...draft } = await view();
  await tx.insert(broadcastVersions).values({
    organizationId: ctx.organizationId, broadcastId: id, version, savedBy: null, savedAt: new Date(updatedAt), snapshot: { since: createdAt, draft: draftSnapshot.parse(draft) },
  });
}

export async function latestVersion(tx: Tx, ctx: Context, id: string): Promise<VersionRow | undefined> {
  const [latest] = await tx.select().from(broadcastVersions).where(and(eq(broadcastVersions.organizationId, ctx.organizationId), eq(broadcastVersions.broadcastId, id)))
    .orderBy(desc(broadcastVersions.version)).limit(1);
  return latest;
}

export const whereVersion = (ctx: Context, id: string, version: number) =>
  and(eq(broadcastVersions.organizationId, ctx.organizationId), eq(broadcastVersions.broadcastId, id), eq(broadcastVersions.version, version));

const sinceOf = ({ snapshot, savedAt }: VersionRow) => (snapshot as Partial<KeptVersion>).since ?? savedAt.toISOString(); // written by keepVersion only
