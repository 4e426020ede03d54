import { eq } from 'drizzle-orm';
import { inSystem, type Db } from '#db/index.ts';
import { memberships, organizations, sessions } from '#db/schema/index.ts';
import { createOrganizationInput, type CreateOrganizationInput } from '#server/domain/organization/schema.ts';

/** A new organisation owned by the person; the session works in it from now on. */
export async function createOrganization(db: Db, session: { userId: string; sessionId: string }, input: CreateOrganizationInput): Promise<{ id: string; name: string }> {
  const { name, timeZone } = createOrganizationInput.parse(input);
  return inSystem(db, async (tx) => {
    const [organization] = await tx.insert(organizations).values({ name, timeZone }).returning({ id: organizations.id, name: organizations.name });
    if (!organization) throw new Error('insert returned no row');
    await tx.insert(memberships).values({ organizationId: organization.id, userId: session.userId, role: 'owner' });
    await tx.update(sessions).set({ activeOrganizationId: organization.id }).where(eq(sessions.id, session.sessionId));
    return organization;
  });
}
