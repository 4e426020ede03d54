import { and, eq, gt, isNull } from 'drizzle-orm';
import { inSystem, type Db } from '#db/index.ts';
import { organizations, reportShares } from '#db/schema/index.ts';
import { createContext } from '#server/context.ts';
import { reportBroadcast } from '#server/domain/broadcast/report.ts';
import { sharedReport, type SharedReport } from '#server/domain/report-share/schema.ts';
import { hashOfToken } from '#server/domain/report-share/token.ts';

/**
 * The report behind a link, for whoever has it; null for one that expired, was revoked or never was. The link is looked up on every request, and the
 * answer is written field by field from a list of what a stranger may see.
 */
export async function readSharedReport(db: Db, token: string, now: Date): Promise<SharedReport | null> {
  const share = await findShare(db, token, now);
  if (!share) return null;
  const { broadcast, cost, ...figures } = await reportBroadcast(createContext(db, share.organizationId, { kind: 'system', task: 'shared-report' }), { id: share.broadcastId });
  const { name, channel, status, startedAt, finishedAt } = broadcast;
  return sharedReport.parse({ ...figures, name, channel, status, startedAt, finishedAt, organization: share.organization, expiresAt: share.expiresAt.toISOString(), cost: share.showsCost ? cost : null });
}

async function findShare(db: Db, token: string, now: Date) {
  const hash = hashOfToken(token);
  if (!hash) return null;
  const [share] = await inSystem(db, (tx) => tx.select({
    organizationId: reportShares.organizationId, broadcastId: reportShares.broadcastId, showsCost: reportShares.showsCost, expiresAt: reportShares.expiresAt, organization: organizations.name,
  }).from(reportShares).innerJoin(organizations, eq(organizations.id, reportShares.organizationId))
    .where(and(eq(reportShares.tokenHash, hash), isNull(reportShares.revokedAt), gt(reportShares.expiresAt, now))));
  return share ?? null;
}
