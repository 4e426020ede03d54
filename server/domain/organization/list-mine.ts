import type { Db } from '#db/index.ts';

/** The organisations of a person, by name. */
export async function listMyOrganizations(db: Db, input: { userId: string }): Promise<Array<{ id: string; name: string; role: string }>> {
  void db; void input; throw new Error('listMyOrganizations: not built yet');
}
