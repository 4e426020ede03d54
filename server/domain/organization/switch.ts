import { and, eq } from 'drizzle-orm';
import { inSystem, type Db } from '#db/index.ts';
import { memberships, sessions } from '#db/schema/index.ts';
import { Problem } from '#server/errors.ts';

/** Makes another organisation of the person the active one. @throws Problem forbidden when they are not a member. */
export async function switchOrganization(db: Db, session: { userId: string; sessionId: string }, input: { organizationId: string }): Promise<void> {
  const { organizationId } = input;
  await inSystem(db, async (tx) => {
    const [member] = await tx.select({ userId: memberships.userId }).from(memberships)
      .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, session.userId)));
    if (!member) throw new Problem('forbidden', 'You are not a member of this organisation. One of its owners can add you.');
    await tx.update(sessions).set({ activeOrganizationId: organizationId }).where(and(eq(sessions.id, session.sessionId), eq(sessions.userId, session.userId)));
  });
}
