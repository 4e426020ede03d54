import { asc, eq } from 'drizzle-orm';
import { memberships, users } from '#db/schema/index.ts';
import type { Context } from '#server/context.ts';
import type { MemberView } from '#server/domain/organization/schema.ts';

/** Who belongs to the organisation, most powerful role first, then by name. */
export async function listMembers(ctx: Context): Promise<MemberView[]> {
  return ctx.transaction((tx) =>
    tx.select({ userId: users.id, name: users.name, email: users.email, role: memberships.role })
      .from(memberships).innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.organizationId, ctx.organizationId)).orderBy(asc(memberships.role), asc(users.name)));
}
