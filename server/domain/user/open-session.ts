import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { inSystem, type Tx } from '#db/index.ts';
import { memberships, sessions } from '#db/schema/index.ts';
import type { Visit } from '#server/domain/user/visit.ts';

export type SessionKind = (typeof sessions.kind.enumValues)[number];

const HOURS: Record<SessionKind, number> = { browser: 30 * 24, token: 12 };

/**
 * A row for one sign-in, 30 days for a browser, 12 hours for a token. A browser begins in the organisation in which the person worked last, else in
 * their first one.
 */
export async function openSession(visit: Visit, { userId, kind }: { userId: string; kind: SessionKind }): Promise<{ id: string; expiresAt: Date }> {
  const now = visit.now();
  const expiresAt = new Date(now.getTime() + HOURS[kind] * 3_600_000);
  return inSystem(visit.db, async (tx) => {
    const activeOrganizationId = kind === 'browser' ? await lastOrganization(tx, userId) : null;
    const [row] = await tx.insert(sessions).values({
      userId, kind, activeOrganizationId, address: visit.address, userAgent: visit.userAgent?.slice(0, 500) ?? null, createdAt: now, lastSeenAt: now, expiresAt,
    }).returning({ id: sessions.id });
    if (!row) throw new Error('insert returned no row');
    return { id: row.id, expiresAt };
  });
}

async function lastOrganization(tx: Tx, userId: string): Promise<string | null> {
  const usedLast = and(eq(sessions.activeOrganizationId, memberships.organizationId), eq(sessions.userId, userId));
  const [row] = await tx.select({ id: memberships.organizationId }).from(memberships).leftJoin(sessions, usedLast)
    .where(eq(memberships.userId, userId)).orderBy(sql`${desc(sessions.lastSeenAt)} nulls last`, asc(memberships.createdAt)).limit(1);
  return row?.id ?? null;
}
