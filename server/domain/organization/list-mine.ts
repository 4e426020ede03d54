import { asc, eq } from 'drizzle-orm';
import { inSystem, type Db } from '#db/index.ts';
import { memberships, organizations } from '#db/schema/index.ts';

/** The organisations of a person, by name. */
export async function listMyOrganizations(db: Db, input: { userId: string }): Promise<Array<{ id: string; name: string; role: string }>> {
  return inSystem(db, (tx) =>
    tx.select({ id: organizations.id, name: organizations.name, role: memberships.role })
      .from(memberships).innerJoin(organizations, eq(organizations.id, memberships.organizationId))
      .where(eq(memberships.userId, input.userId)).orderBy(asc(organizations.name), asc(organizations.id)));
}
