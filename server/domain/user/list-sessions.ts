import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { sessions } from '#db/schema/index.ts';
import type { SessionView } from '#server/domain/user/schema.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/** Where a person is signed in now, used last first; at most 100. */
export async function listSessions(visit: Visit, input: { userId: string; sessionId: string }): Promise<SessionView[]> {
  const found = await visit.db.select({
    id: sessions.id, kind: sessions.kind, address: sessions.address, userAgent: sessions.userAgent, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt,
  }).from(sessions)
    .where(and(eq(sessions.userId, input.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, visit.now())))
    .orderBy(desc(sessions.lastSeenAt)).limit(100);
  return found.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), lastSeenAt: row.lastSeenAt.toISOString(), isCurrent: row.id === input.sessionId }));
}
