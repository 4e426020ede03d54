import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { inSystem } from '#db/index.ts';
import { memberships } from '#db/schema/index.ts';
import type { Role } from '#server/context.ts';
import { Problem } from '#server/errors.ts';
import type { Visit } from '#server/domain/user/visit.ts';

/**
 * The organisation of a REST request: the one that the `orgid` header names, else the person's only one.
 * @throws Problem forbidden when they are no member of it, or have several and named none
 */
export async function findOrganization(visit: Visit, { userId, orgid }: { userId: string; orgid: string | null }): Promise<{ organizationId: string; role: Role }> {
  if (orgid && !z.uuid().safeParse(orgid).success) throw new Problem('forbidden', 'The orgid header must be the id of an organisation of yours.');
  const mine = await inSystem(visit.db, (tx) =>
    tx.select({ organizationId: memberships.organizationId, role: memberships.role }).from(memberships)
      .where(and(eq(memberships.userId, userId), orgid ? eq(memberships.organizationId, orgid) : undefined)).limit(2));
  const [only, another] = mine;
  if (!only) throw new Problem('forbidden', orgid ? 'You are not a member of the organisation that the orgid header names.' : 'You are not a member of any organisation.');
  if (another) throw new Problem('forbidden', 'You belong to several organisations: name one in the orgid header. POST /profile/signin lists their ids.');
  return only;
}
