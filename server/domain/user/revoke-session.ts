import { and, eq, inArray, isNull, ne, type SQL } from 'drizzle-orm';
import { inSystem } from '#db/index.ts';
import { devices, sessions } from '#db/schema/index.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/** Ends one session; its next request is refused, and its devices hear nothing more. Ending it again changes nothing. */
export async function revokeSession(visit: Visit, input: { sessionId: string }): Promise<void> {
  await revoke(visit, eq(sessions.id, input.sessionId));
}

/** Ends all other sessions of a person, API tokens included, and says how many that were. */
export async function revokeOtherSessions(visit: Visit, input: { userId: string; sessionId: string }): Promise<{ revoked: number }> {
  return { revoked: await revoke(visit, and(eq(sessions.userId, input.userId), ne(sessions.id, input.sessionId))) };
}

async function revoke(visit: Visit, which: SQL | undefined): Promise<number> {
  return inSystem(visit.db, async (tx) => {
    const ended = await tx.update(sessions).set({ revokedAt: visit.now() }).where(and(which, isNull(sessions.revokedAt))).returning({ id: sessions.id });
    // In every organisation: a lock screen must not go on showing what people write.
    if (ended.length > 0) await tx.delete(devices).where(inArray(devices.sessionId, ended.map(({ id }) => id)));
    return ended.length;
  });
}
