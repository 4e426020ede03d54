import { and, eq, gt, isNull } from 'drizzle-orm';
import { inSystem, type Tx } from '#db/index.ts';
import { memberships, sessions, users } from '#db/schema/index.ts';
import type { Role } from '#server/context.ts';
import type { SessionKind } from '#server/domain/user/open-session.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/** The person behind a request, with the organisation in which they work now. */
export type SignedIn = {
  userId: string; name: string; email: string; sessionId: string;
  organizationId: string | null; role: Role | null; address: string | null;
};

const NOTE_AFTER = 60_000; // milliseconds between two notes of "last seen"

/** The session, if it is still good: not revoked, not expired, its person still there. Read on every request, so revoking takes effect at once. */
export async function findSession(visit: Visit, { id, kind }: { id: string; kind: SessionKind }): Promise<SignedIn | null> {
  return inSystem(visit.db, async (tx) => {
    const found = await read(tx, visit, id, kind);
    if (!found) return null;
    const { lastSeenAt, organizationId, role, ...person } = found;
    if (visit.now().getTime() - lastSeenAt.getTime() >= NOTE_AFTER) {
      await tx.update(sessions).set({ lastSeenAt: visit.now() }).where(eq(sessions.id, id));
    }
    return { ...person, organizationId: role ? organizationId : null, role, address: visit.address };
  });
}

async function read(tx: Tx, visit: Visit, id: string, kind: SessionKind) {
  const membership = and(eq(memberships.organizationId, sessions.activeOrganizationId), eq(memberships.userId, sessions.userId));
  const [found] = await tx.select({
    userId: users.id, name: users.name, email: users.email, sessionId: sessions.id, lastSeenAt: sessions.lastSeenAt,
    organizationId: sessions.activeOrganizationId, role: memberships.role,
  }).from(sessions).innerJoin(users, eq(users.id, sessions.userId)).leftJoin(memberships, membership)
    .where(and(eq(sessions.id, id), eq(sessions.kind, kind), isNull(sessions.revokedAt), gt(sessions.expiresAt, visit.now())));
  return found;
}
