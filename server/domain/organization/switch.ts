import type { Db } from '#db/index.ts';

/** Makes another organisation of the person the active one. @throws Problem forbidden when they are not a member. */
export async function switchOrganization(db: Db, session: { userId: string; sessionId: string }, input: { organizationId: string }): Promise<void> {
  void db; void session; void input; throw new Error('switchOrganization: not built yet');
}
