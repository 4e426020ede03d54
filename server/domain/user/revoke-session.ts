import { and, eq, isNull, ne } from 'drizzle-orm';
import { sessions } from '#db/schema/index.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/** Ends one session; its next request is refused. Ending it again changes nothing. */
export async function revokeSession(visit: Visit, input: { sessionId: string }): Promise<void> {
  await visit.db.update(sessions).set({ revokedAt: visit.now() }).where(and(eq(sessions.id, input.sessionId), isNull(sessions.revokedAt)));
}

/** Ends all other sessions of a person, API tokens included, and says how many that were. */
export async function revokeOtherSessions(visit: Visit, input: { userId: string; sessionId: string }): Promise<{ revoked: number }> {
  const ended = await visit.db.update(sessions).set({ revokedAt: visit.now() })
    .where(and(eq(sessions.userId, input.userId), ne(sessions.id, input.sessionId), isNull(sessions.revokedAt))).returning({ id: sessions.id });
  return { revoked: ended.length };
}
