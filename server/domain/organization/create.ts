import type { Db } from '#db/index.ts';
import type { CreateOrganizationInput } from '#server/domain/organization/schema.ts';

/** A new organisation owned by the person; the session works in it from now on. */
export async function createOrganization(db: Db, session: { userId: string; sessionId: string }, input: CreateOrganizationInput): Promise<{ id: string; name: string }> {
  void db; void session; void input; throw new Error('createOrganization: not built yet');
}
